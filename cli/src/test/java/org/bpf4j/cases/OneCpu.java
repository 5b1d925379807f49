package org.bpf4j.cases;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;

/// Keeps the current thread on the first CPU that it may use, so that per-CPU maps are comparable.
public final class OneCpu implements AutoCloseable {

  /// `CPU_SETSIZE` bits.
  private static final int MASK_BYTES = 128;

  private static final MethodHandle GET = handle("sched_getaffinity");
  private static final MethodHandle SET = handle("sched_setaffinity");

  private final Arena arena = Arena.ofConfined();
  private final MemorySegment before = arena.allocate(MASK_BYTES, Long.BYTES);
  private final int cpu;

  /// Binds the thread.
  public OneCpu() {
    call(GET, before);
    cpu = first(before);
    MemorySegment mask = arena.allocate(MASK_BYTES, Long.BYTES);
    mask.set(ValueLayout.JAVA_BYTE, cpu / Byte.SIZE, (byte) (1 << cpu % Byte.SIZE));
    call(SET, mask);
  }

  /// The CPU.
  public int cpu() {
    return cpu;
  }

  private static int first(MemorySegment mask) {
    int at = 0;
    while ((mask.get(ValueLayout.JAVA_BYTE, at / Byte.SIZE) >> at % Byte.SIZE & 1) == 0) {
      at++;
    }
    return at;
  }

  @SuppressWarnings("restricted")
  private static MethodHandle handle(String function) {
    Linker linker = Linker.nativeLinker();
    return linker.downcallHandle(
        linker.defaultLookup().findOrThrow(function),
        FunctionDescriptor.of(
            ValueLayout.JAVA_INT,
            ValueLayout.JAVA_INT,
            ValueLayout.JAVA_LONG,
            ValueLayout.ADDRESS));
  }

  /// Thread 0 is the calling one.
  private static void call(MethodHandle function, MemorySegment mask) {
    try {
      int result = (int) function.invokeExact(0, (long) MASK_BYTES, mask);
      if (result < 0) {
        throw new IllegalStateException("the thread's CPUs cannot be read or set");
      }
    } catch (RuntimeException | Error e) {
      throw e;
    } catch (Throwable e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void close() {
    call(SET, before);
    arena.close();
  }
}
