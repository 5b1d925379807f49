package org.bpf4j.object;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.bpf4j.object.Iteration.Callers;
import org.bpf4j.object.Iteration.Given;
import org.bpf4j.object.Signature.Argument;

/// The kernel's open-coded iterators over objects of its own: what an enhanced `for` goes over.
///
/// Functions and sizes are those of `kernel/bpf/task_iter.c`, `cgroup_iter.c`, `kmem_cache_iter.c`
/// and `helpers.c`.
public enum KernelIterator {
  /// Every process, by its first thread (`BPF_TASK_ITER_ALL_PROCS`).
  PROCESSES("processes", Family.TASK, Arguments.NO_TASK, Arguments.flags(0)),
  /// Every thread (`BPF_TASK_ITER_ALL_THREADS`).
  THREADS("threads", Family.TASK, Arguments.NO_TASK, Arguments.flags(1)),
  /// The threads of a task's process (`BPF_TASK_ITER_PROC_THREADS`).
  THREADS_OF("threadsOf", Family.TASK, Arguments.TASK, Arguments.flags(2)),
  /// The areas of a task's memory from an address on.
  AREAS("areas", Family.TASK_VMA, Arguments.TASK, Arguments.ADDRESS),
  /// A control group and those below it, each before what is below it
  /// (`BPF_CGROUP_ITER_DESCENDANTS_PRE`).
  DESCENDANTS("descendants", Family.CSS, Arguments.CSS, Arguments.flags(2)),
  /// The same, each behind what is below it (`BPF_CGROUP_ITER_DESCENDANTS_POST`).
  DESCENDANTS_FIRST("descendantsFirst", Family.CSS, Arguments.CSS, Arguments.flags(3)),
  /// A control group and those above it (`BPF_CGROUP_ITER_ANCESTORS_UP`).
  ANCESTORS("ancestors", Family.CSS, Arguments.CSS, Arguments.flags(4)),
  /// The threads in a control group.
  MEMBERS("members", Family.CSS_TASK, Arguments.CSS, Arguments.flags(0)),
  /// The kernel's caches of objects.
  CACHES("caches", Family.KMEM_CACHE),
  /// The buffers that devices share.
  SHARED_BUFFERS("sharedBuffers", Family.DMABUF),
  /// The numbers of the bits that are set in some words.
  BITS("bits", Family.BITS, Arguments.BITS, Arguments.WORDS);

  /// The three functions of an iterator.
  private enum Family {
    TASK("bpf_iter_task", 24, KfuncType.struct("task_struct"), true, Callers.ANY, 7),
    TASK_VMA("bpf_iter_task_vma", 8, KfuncType.struct("vm_area_struct"), false, Callers.ANY, 7),
    CSS("bpf_iter_css", 24, KfuncType.struct("cgroup_subsys_state"), true, Callers.ANY, 7),
    CSS_TASK("bpf_iter_css_task", 8, TASK.item, false, Callers.UNLOCKED, 7),
    KMEM_CACHE(
        "bpf_iter_kmem_cache", 8, KfuncType.struct("kmem_cache"), false, Callers.SLEEPING, 13),
    DMABUF("bpf_iter_dmabuf", 8, KfuncType.struct("dma_buf"), false, Callers.SLEEPING, 16),
    BITS("bpf_iter_bits", 16, KfuncType.numbers(Integer.BYTES, true), false, Callers.ANY, 11);

    private final String struct;
    private final int bytes;
    private final KfuncType item;
    private final boolean protectedItems;
    private final Callers callers;
    private final KernelVersion since;

    Family(
        String struct,
        int bytes,
        KfuncType item,
        boolean protectedItems,
        Callers callers,
        int minor) {
      this.struct = struct;
      this.bytes = bytes;
      this.item = item;
      this.protectedItems = protectedItems;
      this.callers = callers;
      this.since = new KernelVersion(6, minor);
    }
  }

  /// What iterators are begun with.
  private static final class Arguments {
    private static final Kfunc.Parameter TASK_PARAMETER =
        new Kfunc.Parameter("task", Argument.KERNEL_POINTER, KfuncType.struct("task_struct"));
    static final Given TASK = new Given(TASK_PARAMETER);
    static final Given NO_TASK =
        new Given(
            new Kfunc.Parameter("task", Argument.KERNEL_POINTER_OR_NULL, TASK_PARAMETER.type()),
            Optional.of(0L));
    static final Given CSS =
        new Given(
            new Kfunc.Parameter(
                "css", Argument.KERNEL_POINTER, KfuncType.struct("cgroup_subsys_state")));
    static final Given ADDRESS =
        new Given(
            new Kfunc.Parameter("addr", Argument.SCALAR, KfuncType.number(Long.BYTES, false)));
    static final Given BITS =
        new Given(
            new Kfunc.Parameter(
                "unsafe_ptr__ign", Argument.MEMORY_READ, KfuncType.numbers(Long.BYTES, false)));
    static final Given WORDS =
        new Given(
            new Kfunc.Parameter(
                "nr_words", Argument.WORDS, KfuncType.number(Integer.BYTES, false)));

    private Arguments() {}

    static Given flags(long flags) {
      return new Given(
          new Kfunc.Parameter("flags", Argument.SCALAR, KfuncType.number(Integer.BYTES, false)),
          Optional.of(flags));
    }
  }

  private final String methodName;
  private final Family family;
  private final List<Given> given;

  KernelIterator(String methodName, Family family, Given... given) {
    this.methodName = methodName;
    this.family = family;
    this.given = List.of(given);
  }

  /// The iterator that a method of the language stands for.
  public static Optional<KernelIterator> ofMethod(String methodName) {
    return Arrays.stream(values()).filter(each -> each.methodName.equals(methodName)).findFirst();
  }

  /// One of those whose functions begin with a name.
  static Optional<KernelIterator> ofStruct(String struct) {
    return Arrays.stream(values()).filter(each -> each.family.struct.equals(struct)).findFirst();
  }

  /// Whether it gives objects that may be on their way out, and are there as long as they are
  /// protected.
  boolean isProtected() {
    return family.protectedItems;
  }

  /// Which programs may use it.
  Callers callers() {
    return family.callers;
  }

  /// How a loop goes over it.
  public Iteration iteration() {
    return new Iteration(
        methodName,
        family.struct,
        family.since,
        family.bytes,
        family.item,
        family.protectedItems,
        family.callers,
        given);
  }
}
