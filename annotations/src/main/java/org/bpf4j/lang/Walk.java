package org.bpf4j.lang;

import java.util.BitSet;

/// What the kernel has many of, for `for (TaskStruct task : Walk.processes(TaskStruct.class))`.
///
/// Each method is an iterator of the kernel, and stands in an enhanced `for` only; the iterator is
/// ended wherever the loop is left. What it gives is vouched for by the kernel. They are for
/// programs under a GPL-compatible licence. Other iterators are declared by a [Kfunc].
public final class Walk {
  private Walk() {}

  /// Every process, by its first thread (6.7).
  ///
  /// @param view a [KernelStruct] interface for `task_struct`
  public static <T> Iterable<T> processes(Class<T> view) {
    return Host.current().walk("processes", view);
  }

  /// Every thread (6.7).
  ///
  /// @param view a [KernelStruct] interface for `task_struct`
  public static <T> Iterable<T> threads(Class<T> view) {
    return Host.current().walk("threads", view);
  }

  /// The threads of a task's process (6.7).
  ///
  /// @param task a view of a `task_struct` that the kernel gave
  /// @param view a [KernelStruct] interface for `task_struct`
  public static <T> Iterable<T> threadsOf(Object task, Class<T> view) {
    return Host.current().walk("threadsOf", view);
  }

  /// The areas of a task's memory from the one on that an address is in (6.7). There are none if
  /// somebody else holds the lock of that memory.
  ///
  /// @param task a view of a `task_struct` that the kernel gave
  /// @param view a [KernelStruct] interface for `vm_area_struct`
  public static <T> Iterable<T> areas(Object task, long address, Class<T> view) {
    return Host.current().walk("areas", view);
  }

  /// A control group and those below it, each before what is below it (6.7).
  ///
  /// @param group a view of a `cgroup_subsys_state` that the kernel gave, such as a `cgroup`'s
  ///   `self`
  /// @param view a [KernelStruct] interface for `cgroup_subsys_state`
  public static <T> Iterable<T> descendants(Object group, Class<T> view) {
    return Host.current().walk("descendants", view);
  }

  /// A control group and those below it, each behind what is below it (6.7); see [#descendants].
  public static <T> Iterable<T> descendantsFirst(Object group, Class<T> view) {
    return Host.current().walk("descendantsFirst", view);
  }

  /// A control group and those above it, up to the root (6.7); see [#descendants].
  public static <T> Iterable<T> ancestors(Object group, Class<T> view) {
    return Host.current().walk("ancestors", view);
  }

  /// The threads in a control group (6.7), for [Lsm] and [Iter] programs and those that sleep.
  ///
  /// @param group a view of a `cgroup_subsys_state` that the kernel gave
  /// @param view a [KernelStruct] interface for `task_struct`
  public static <T> Iterable<T> members(Object group, Class<T> view) {
    return Host.current().walk("members", view);
  }

  /// The kernel's caches of objects (6.13), for programs that sleep.
  ///
  /// @param view a [KernelStruct] interface for `kmem_cache`
  public static <T> Iterable<T> caches(Class<T> view) {
    return Host.current().walk("caches", view);
  }

  /// The buffers that devices share (6.16), for programs that sleep.
  ///
  /// @param view a [KernelStruct] interface for `dma_buf`
  public static <T> Iterable<T> sharedBuffers(Class<T> view) {
    return Host.current().walk("sharedBuffers", view);
  }

  /// The numbers of the bits that are set, from the lowest up (6.11). The bits are those that there
  /// are when the loop begins.
  ///
  /// @param words at most 511; bit 64 is the lowest of the second
  public static Iterable<Integer> bits(long... words) {
    return BitSet.valueOf(words).stream().boxed().toList();
  }
}
