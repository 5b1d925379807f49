package org.bpf4j.sys;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SegmentAllocator;
import java.lang.invoke.MethodHandle;
import java.lang.ref.Reference;

/// The only class that uses restricted methods of the foreign function API.
///
/// Every call goes through libc's `syscall`, so there is no library to ship or to find, and through
/// one handle of it, since each takes a process a dozen milliseconds to link. It is not linked as
/// critical: a critical call that blocks would stop the garbage collector.
@SuppressWarnings("restricted")
public final class Native {

  private static final Linker LINKER = Linker.nativeLinker();

  private static final MemorySegment SYSCALL = address("syscall");

  /// Calls a function with seven numbers, its address first: to bind that would link another class.
  /// To link it as variadic, as `syscall` is in C alone, would link another, too: it takes its
  /// numbers where any function takes them.
  private static final MethodHandle CALL =
      handle(
          FunctionDescriptor.of(
              JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG,
              JAVA_LONG),
          Linker.Option.captureCallState("errno"));

  private static final long ERRNO =
      Linker.Option.captureStateLayout().byteOffset(MemoryLayout.PathElement.groupElement("errno"));

  private static final long BPF = SystemCall.BPF.number();

  private Native() {}

  /// Makes a call that changes nothing, so that the next ones find all linked.
  static void link() {
    try (Arena arena = Arena.ofConfined()) {
      invoke(SYSCALL, newState(arena), SystemCall.CLOSE.number(), -1, 0, 0, 0, 0, 0);
    }
  }

  private static MemorySegment address(String function) {
    return LINKER.defaultLookup().findOrThrow(function);
  }

  private static MethodHandle handle(FunctionDescriptor descriptor, Linker.Option... options) {
    try {
      return LINKER.downcallHandle(descriptor, options);
    } catch (IllegalCallerException e) {
      throw new IllegalStateException(
          "the JVM does not let bpf4j call the kernel: start it with " + flag(), e);
    }
  }

  /// The option of `java` that lets this class call what is restricted.
  public static String flag() {
    Module module = Native.class.getModule();
    return "--enable-native-access=" + (module.isNamed() ? module.getName() : "ALL-UNNAMED");
  }

  /// The size of a page, as libc knows it (`getpagesize`, which passes over what it is given).
  static int pageBytes() {
    try (Arena arena = Arena.ofConfined()) {
      return (int) invoke(address("getpagesize"), newState(arena), 0, 0, 0, 0, 0, 0, 0);
    }
  }

  /// Memory that a call needs to report its error number; one call at a time may use it.
  public static MemorySegment newState(SegmentAllocator allocator) {
    return allocator.allocate(Linker.Option.captureStateLayout());
  }

  /// Makes a system call; addresses go as numbers.
  ///
  /// @return the result, or the negated error number
  static long call(
      MemorySegment state, SystemCall call, long a, long b, long c, long d, long e, long f) {
    return invoke(SYSCALL, state, call.number(), a, b, c, d, e, f);
  }

  private static long invoke(
      MemorySegment function,
      MemorySegment state,
      long number,
      long a,
      long b,
      long c,
      long d,
      long e,
      long f) {
    try {
      long result = (long) CALL.invokeExact(function, state, number, a, b, c, d, e, f);
      return result == -1 ? -state.get(JAVA_INT, ERRNO) : result;
    } catch (Throwable t) {
      throw unexpected(t);
    }
  }

  /// Makes a system call with a state of its own.
  ///
  /// @return the result, or the negated error number
  static long call(SystemCall call, long a, long b, long c, long d, long e, long f) {
    try (Arena arena = Arena.ofConfined()) {
      return call(newState(arena), call, a, b, c, d, e, f);
    }
  }

  /// Calls `bpf`. What `attr` points to is kept by the caller for that long, and by `attr` itself
  /// if it is of the same arena.
  ///
  /// @param bytes how much of the attribute the command has
  /// @return the result, or the negated error number
  static long bpf(MemorySegment state, int command, MemorySegment attr, int bytes) {
    try {
      return invoke(SYSCALL, state, BPF, command, attr.address(), bytes, 0, 0, 0);
    } finally {
      Reference.reachabilityFence(attr);
    }
  }

  /// Gives mapped memory a length and an owner, who unmaps it.
  static MemorySegment mapping(long address, long bytes, Arena owner) {
    return MemorySegment.ofAddress(address)
        .reinterpret(bytes, owner, mapped -> Memory.unmap(mapped.address(), mapped.byteSize()));
  }

  /// The same memory with a shorter life.
  public static MemorySegment confine(MemorySegment memory, Arena owner) {
    return memory.reinterpret(memory.byteSize(), owner, null);
  }

  private static RuntimeException unexpected(Throwable thrown) {
    return switch (thrown) {
      case RuntimeException e -> e;
      case Error e -> throw e;
      default -> throw new AssertionError("a downcall threw a checked exception", thrown);
    };
  }
}
