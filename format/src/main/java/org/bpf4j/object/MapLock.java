package org.bpf4j.object;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/// Locks that lie in values of maps: what takes each, and what releases it.
public enum MapLock {
  /// `struct bpf_spin_lock`: one at a time, taken for sure.
  SPIN("bpf_spin_lock", Helper.SPIN_LOCK, Helper.SPIN_UNLOCK, false),
  /// `struct bpf_res_spin_lock` (`kernel/bpf/rqspinlock.c`): several at a time, of which one that
  /// would wait for itself, or too long, is not taken.
  RESILIENT(
      "bpf_res_spin_lock",
      function("bpf_res_spin_lock", KfuncType.number(Integer.BYTES, true)),
      function("bpf_res_spin_unlock", KfuncType.NOTHING),
      true);

  private final String struct;
  private final KernelFunction take;
  private final KernelFunction release;
  private final boolean mayFail;

  MapLock(String struct, KernelFunction take, KernelFunction release, boolean mayFail) {
    this.struct = struct;
    this.take = take;
    this.release = release;
    this.mayFail = mayFail;
  }

  private static Kfunc function(String name, KfuncType result) {
    return new Kfunc(
        name,
        new KernelVersion(6, 15),
        result,
        List.of(),
        "",
        List.of(
            new Kfunc.Parameter(
                "lock", Signature.Argument.SPIN_LOCK, KfuncType.struct("bpf_res_spin_lock"))));
  }

  /// The one that a function takes.
  public static Optional<MapLock> takenBy(KernelFunction function) {
    return Arrays.stream(values()).filter(lock -> lock.take.equals(function)).findFirst();
  }

  /// Whether a function releases one.
  public static boolean isReleasedBy(KernelFunction function) {
    return Arrays.stream(values()).anyMatch(lock -> lock.release.equals(function));
  }

  /// The kernel's name of its struct, which has four bytes.
  public String struct() {
    return struct;
  }

  /// What takes it.
  public KernelFunction take() {
    return take;
  }

  /// What releases it.
  public KernelFunction release() {
    return release;
  }

  /// Whether taking it gives an error, 0 if it was taken. Such locks may be taken while others are
  /// held.
  public boolean mayFail() {
    return mayFail;
  }
}
