package org.bpf4j.sys;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/// Perf events that programs are attached to; offsets are those of `struct perf_event_attr`.
public final class PerfEvent {

  /// `PERF_TYPE_TRACEPOINT`.
  private static final int TRACEPOINT = 2;

  /// The bit of `config` that asks for a return (`PERF_PROBE_CONFIG_IS_RETPROBE`).
  private static final long RETURN = 1;

  /// `PERF_TYPE_SOFTWARE` and `PERF_COUNT_SW_BPF_OUTPUT`.
  private static final int SOFTWARE = 1;

  private static final long BPF_OUTPUT = 10;

  /// `PERF_SAMPLE_RAW`.
  private static final long SAMPLE_RAW = 1 << 10;

  /// `PERF_ATTR_SIZE_VER1`: up to `config2`, all that is used.
  private static final int ATTR_BYTES = 72;

  /// `PERF_FLAG_FD_CLOEXEC`.
  private static final int CLOSE_ON_EXEC = 1 << 3;

  /// The letter of perf's ioctls in `linux/perf_event.h`.
  private static final int PERF = '$';

  private static final int ENABLE = Architecture.CURRENT.ioctl(PERF, 0);
  private static final int SET_BPF = Architecture.CURRENT.ioctlWrite(PERF, 8, Integer.BYTES);

  private PerfEvent() {}

  /// Opens a tracepoint by its number.
  ///
  /// @return a descriptor, or the negated error number
  public static long openTracepoint(long id) {
    try (Arena arena = Arena.ofConfined()) {
      return open(arena, attr(arena, TRACEPOINT, id));
    }
  }

  /// Opens a probe at the entry or the return of a kernel function.
  ///
  /// @param type the number of the `kprobe` event source
  /// @param distance the bytes behind the entry (`probe_offset`)
  /// @return a descriptor, or the negated error number
  public static long openKprobe(int type, String function, long distance, boolean atReturn) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment attr = attr(arena, type, atReturn ? RETURN : 0);
      attr.set(JAVA_LONG, 56, arena.allocateFrom(function).address());
      attr.set(JAVA_LONG, 64, distance);
      return open(arena, attr);
    }
  }

  /// Opens a probe of a place in a file.
  ///
  /// @param type the number of the `uprobe` event source
  /// @param counter where in the file a counter of two bytes is that the kernel keeps above 0
  ///   (`ref_ctr_offset`, of 32 bits), or 0
  /// @param process the process, or −1 for all
  /// @return a descriptor, or the negated error number
  public static long openUprobe(
      int type, String path, long offset, long counter, int process, boolean atReturn) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment attr = attr(arena, type, counter << Integer.SIZE | (atReturn ? RETURN : 0));
      attr.set(JAVA_LONG, 56, arena.allocateFrom(path).address());
      attr.set(JAVA_LONG, 64, offset);
      return open(arena, attr, process, process < 0 ? 0 : -1);
    }
  }

  /// Opens a counter.
  ///
  /// @param period events, or nanoseconds, between two samples
  /// @param process the thread, or −1 for all of a CPU
  /// @param cpu the CPU, or −1 for all of a thread
  /// @return a descriptor, or the negated error number
  public static long openCounter(int type, int number, long period, int process, int cpu) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment attr = attr(arena, type, number);
      attr.set(JAVA_LONG, 16, period);
      return open(arena, attr, process, cpu);
    }
  }

  private static MemorySegment attr(Arena arena, int type, long config) {
    MemorySegment attr = arena.allocate(ATTR_BYTES, 8);
    attr.set(JAVA_INT, 0, type);
    attr.set(JAVA_INT, 4, ATTR_BYTES);
    attr.set(JAVA_LONG, 8, config);
    attr.set(JAVA_LONG, 16, 1);
    return attr;
  }

  /// Any process on one processor: what programs see does not depend on which, since they run
  /// before the event's own filter.
  private static long open(Arena arena, MemorySegment attr) {
    return open(arena, attr, -1, 0);
  }

  private static long open(Arena arena, MemorySegment attr, int process, int cpu) {
    return Native.call(
        Native.newState(arena),
        SystemCall.PERF_EVENT_OPEN,
        attr.address(),
        process,
        cpu,
        -1,
        CLOSE_ON_EXEC,
        0);
  }

  /// Opens the event that programs of a CPU write records to; each record wakes readers.
  ///
  /// @return a descriptor, or the negated error number
  static long openOutput(int cpu) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment attr = attr(arena, SOFTWARE, BPF_OUTPUT);
      attr.set(JAVA_LONG, 24, SAMPLE_RAW);
      attr.set(JAVA_INT, 48, 1);
      return Native.call(
          Native.newState(arena),
          SystemCall.PERF_EVENT_OPEN,
          attr.address(),
          -1,
          cpu,
          -1,
          CLOSE_ON_EXEC,
          0);
    }
  }

  /// Attaches a program without a link, as kernels before 5.15 need it, and starts the event.
  public static long attach(Descriptor event, Descriptor program) {
    long result = ioctl(event, SET_BPF, program.number());
    return result < 0 ? result : enable(event);
  }

  /// Starts the event.
  public static long enable(Descriptor event) {
    return ioctl(event, ENABLE, 0);
  }

  private static long ioctl(Descriptor event, int request, long argument) {
    return Native.call(SystemCall.IOCTL, event.number(), request, argument, 0, 0, 0);
  }
}
