package org.bpf4j.sys;

import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/// The limit of locked memory (`RLIMIT_MEMLOCK`), which kernels before 5.11 hold against every map
/// and program; later ones charge them to the memory cgroup.
///
/// It is raised when a call is refused, not before: most kernels never ask for it.
public final class LockedMemory {

  /// `RLIMIT_MEMLOCK` of `asm-generic/resource.h`.
  private static final int MEMLOCK = 8;

  /// `RLIM64_INFINITY`.
  private static final long INFINITY = -1;

  private LockedMemory() {}

  /// The limit in force, in bytes.
  ///
  /// @param soft what the kernel compares with; negative is none
  /// @param hard what `soft` may be raised to without `CAP_SYS_RESOURCE`; negative is none
  public record Limit(long soft, long hard) {

    /// Whether there is a limit.
    public boolean isFinite() {
      return soft != INFINITY;
    }
  }

  /// The limit of this process.
  public static Limit limit() {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment old = arena.allocate(16, 8);
      Failure.check(
          Native.call(SystemCall.PRLIMIT64, 0, MEMLOCK, 0, old.address(), 0, 0), "prlimit");
      return new Limit(old.get(JAVA_LONG, 0), old.get(JAVA_LONG, 8));
    }
  }

  /// Raises the limit as far as this process may.
  ///
  /// @return whether it is higher now
  static boolean raise() {
    Limit limit = limit();
    return limit.isFinite()
        && (set(INFINITY, INFINITY)
            || limit.soft() != limit.hard() && set(limit.hard(), limit.hard()));
  }

  private static boolean set(long soft, long hard) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment wanted = arena.allocate(16, 8);
      wanted.set(JAVA_LONG, 0, soft);
      wanted.set(JAVA_LONG, 8, hard);
      return Native.call(SystemCall.PRLIMIT64, 0, MEMLOCK, wanted.address(), 0, 0, 0) == 0;
    }
  }
}
