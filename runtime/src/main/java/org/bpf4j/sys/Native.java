package org.bpf4j.sys;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SegmentAllocator;
import java.lang.invoke.MethodHandle;

/// The only class that uses restricted methods of the foreign function API.
///
/// Every call goes through libc's `syscall`, so there is no library to ship or to find. None is
/// linked as critical: a critical call that blocks would stop the garbage collector.
@SuppressWarnings("restricted")
public final class Native {

  private static final Linker LINKER = Linker.nativeLinker();
  private static final long ERRNO =
      Linker.Option.captureStateLayout().byteOffset(MemoryLayout.PathElement.groupElement("errno"));

  private static final MethodHandle SYSCALL =
      syscallHandle(JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG);
  private static final MethodHandle BPF =
      syscallHandle(JAVA_INT, ADDRESS, JAVA_INT, ADDRESS, ADDRESS);
  private static final MethodHandle MAP = syscallHandle(JAVA_INT, ADDRESS, JAVA_INT);
  private static final long BPF_NUMBER = SystemCall.BPF.number();

  /// The size of a page: `getpagesize`.
  public static final int PAGE_BYTES = pageBytes();

  private Native() {}

  private static MethodHandle syscallHandle(MemoryLayout... arguments) {
    return LINKER.downcallHandle(
        LINKER.defaultLookup().findOrThrow("syscall"),
        FunctionDescriptor.of(JAVA_LONG, JAVA_LONG).appendArgumentLayouts(arguments),
        Linker.Option.firstVariadicArg(1),
        Linker.Option.captureCallState("errno"));
  }

  private static int pageBytes() {
    MethodHandle handle =
        LINKER.downcallHandle(
            LINKER.defaultLookup().findOrThrow("getpagesize"), FunctionDescriptor.of(JAVA_INT));
    try {
      return (int) handle.invokeExact();
    } catch (Throwable e) {
      throw unexpected(e);
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
    try {
      long result = (long) SYSCALL.invokeExact(state, (long) call.number(), a, b, c, d, e, f);
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

  /// Calls `bpf`. The last two segments are those that `attr` points to, or [MemorySegment#NULL]:
  /// the kernel ignores surplus arguments, but the linker keeps their memory from being freed
  /// during the call, and refuses those of other threads.
  ///
  /// @return the result, or the negated error number
  public static long bpf(
      MemorySegment state,
      int command,
      MemorySegment attr,
      MemorySegment first,
      MemorySegment second) {
    try {
      long result =
          (long)
              BPF.invokeExact(
                  state, BPF_NUMBER, command, attr, (int) attr.byteSize(), first, second);
      return result == -1 ? -state.get(JAVA_INT, ERRNO) : result;
    } catch (Throwable t) {
      throw unexpected(t);
    }
  }

  /// Calls `bpf` with an attribute that points to memory which the caller keeps for that long.
  ///
  /// @param bytes how much of the attribute the command has
  /// @return the result, or the negated error number
  static long bpf(MemorySegment state, int command, MemorySegment attr, int bytes) {
    try {
      long result = (long) MAP.invokeExact(state, BPF_NUMBER, command, attr, bytes);
      return result == -1 ? -state.get(JAVA_INT, ERRNO) : result;
    } catch (Throwable t) {
      throw unexpected(t);
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
