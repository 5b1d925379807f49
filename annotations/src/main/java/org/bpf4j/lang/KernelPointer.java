package org.bpf4j.lang;

import org.jspecify.annotations.Nullable;

/// A place in the value of a map that keeps an object alive: one of the kernel, such as a task, a
/// control group or a set of CPUs, or one that a program made (a referenced kptr of the kernel).
///
/// It is a final member of a [Struct] that is the value of a [BpfHashMap], [BpfLruHashMap] or
/// [BpfArray]. Programs exchange what it holds as a whole, so that each object has one owner; when
/// the value is taken out of the map, or the map goes, the kernel releases the object. User space
/// does not see it.
///
/// The kernel keeps objects of `task_struct` and `cgroup` (Linux 6.2), `bpf_cpumask` (6.3),
/// `nf_conn` (5.19) and `bpf_crypto_ctx` (6.10), and those of an [ObjectStruct] (6.4).
///
/// ```java
/// TaskStruct before = watched.task.exchange(bpfTaskAcquire(task));
/// if (before != null) {
///   bpfTaskRelease(before);
/// }
/// ```
///
/// @param <T> a [KernelStruct] view of the object, or an [ObjectStruct]
public final class KernelPointer<T> {

  /// Creates it, as the initialiser of a final member; it holds nothing.
  public KernelPointer() {}

  /// Puts an object there, and takes out what was there, at once.
  ///
  /// @param object what a [Kfunc] acquired, or the program owns, which the program must not use any
  ///   more; null for none
  /// @return what was there, which the program must release or put somewhere else, or null
  public @Nullable T exchange(@Nullable T object) {
    return Host.current().objects().exchange(this, object);
  }
}
