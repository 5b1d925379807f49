package org.bpf4j.object;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.bpf4j.object.Signature.Argument;

/// The kernel's open-coded iterators over objects of its own: what an enhanced `for` goes over.
///
/// An iterator lies on the stack of its program. It is begun, advanced until it gives null, and
/// ended on every way out. Functions and sizes are those of `kernel/bpf/task_iter.c`,
/// `cgroup_iter.c` and `kmem_cache_iter.c`.
public enum KernelIterator {
  /// Every process, by its first thread (`BPF_TASK_ITER_ALL_PROCS`).
  PROCESSES("processes", Family.TASK, Given.NO_TASK, Given.flags(0)),
  /// Every thread (`BPF_TASK_ITER_ALL_THREADS`).
  THREADS("threads", Family.TASK, Given.NO_TASK, Given.flags(1)),
  /// The threads of a task's process (`BPF_TASK_ITER_PROC_THREADS`).
  THREADS_OF("threadsOf", Family.TASK, Given.TASK, Given.flags(2)),
  /// The areas of a task's memory from an address on.
  AREAS("areas", Family.TASK_VMA, Given.TASK, Given.ADDRESS),
  /// A control group and those below it, each before what is below it
  /// (`BPF_CGROUP_ITER_DESCENDANTS_PRE`).
  DESCENDANTS("descendants", Family.CSS, Given.CSS, Given.flags(2)),
  /// The same, each behind what is below it (`BPF_CGROUP_ITER_DESCENDANTS_POST`).
  DESCENDANTS_FIRST("descendantsFirst", Family.CSS, Given.CSS, Given.flags(3)),
  /// A control group and those above it (`BPF_CGROUP_ITER_ANCESTORS_UP`).
  ANCESTORS("ancestors", Family.CSS, Given.CSS, Given.flags(4)),
  /// The threads in a control group.
  MEMBERS("members", Family.CSS_TASK, Given.CSS, Given.flags(0)),
  /// The kernel's caches of objects.
  CACHES("caches", Family.KMEM_CACHE);

  /// Which programs may use an iterator.
  public enum Callers {
    /// All kinds.
    ANY,
    /// Programs that sleep, security modules and lists: it takes a lock that others may hold
    /// (`check_css_task_iter_allowlist`).
    UNLOCKED,
    /// Programs that sleep.
    SLEEPING
  }

  /// The three functions of an iterator.
  private enum Family {
    TASK("bpf_iter_task", 24, "task_struct", true, Callers.ANY, new KernelVersion(6, 7)),
    TASK_VMA("bpf_iter_task_vma", 8, "vm_area_struct", false, Callers.ANY, new KernelVersion(6, 7)),
    CSS("bpf_iter_css", 24, "cgroup_subsys_state", true, Callers.ANY, new KernelVersion(6, 7)),
    CSS_TASK("bpf_iter_css_task", 8, "task_struct", false, Callers.UNLOCKED, TASK.since),
    KMEM_CACHE(
        "bpf_iter_kmem_cache", 8, "kmem_cache", false, Callers.SLEEPING, new KernelVersion(6, 13));

    private final String struct;
    private final int bytes;
    private final String item;
    private final boolean protectedItems;
    private final Callers callers;
    private final KernelVersion since;

    Family(
        String struct,
        int bytes,
        String item,
        boolean protectedItems,
        Callers callers,
        KernelVersion since) {
      this.struct = struct;
      this.bytes = bytes;
      this.item = item;
      this.protectedItems = protectedItems;
      this.callers = callers;
      this.since = since;
    }
  }

  /// An argument behind the iterator.
  ///
  /// @param parameter what the kernel takes
  /// @param constant what it always is; nothing for what the program gives
  private record Given(Kfunc.Parameter parameter, OptionalLong constant) {
    private static final Kfunc.Parameter TASK_PARAMETER =
        new Kfunc.Parameter("task", Argument.KERNEL_POINTER, KfuncType.struct("task_struct"));
    static final Given TASK = new Given(TASK_PARAMETER, OptionalLong.empty());
    static final Given NO_TASK =
        new Given(
            new Kfunc.Parameter("task", Argument.KERNEL_POINTER_OR_NULL, TASK_PARAMETER.type()),
            OptionalLong.of(0));
    static final Given CSS =
        new Given(
            new Kfunc.Parameter(
                "css", Argument.KERNEL_POINTER, KfuncType.struct("cgroup_subsys_state")),
            OptionalLong.empty());
    static final Given ADDRESS =
        new Given(
            new Kfunc.Parameter("addr", Argument.SCALAR, KfuncType.number(8, false)),
            OptionalLong.empty());

    static Given flags(long flags) {
      return new Given(
          new Kfunc.Parameter("flags", Argument.SCALAR, KfuncType.number(4, false)),
          OptionalLong.of(flags));
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

  /// Whether a function gives objects that may be on their way out, and are there as long as they
  /// are protected.
  public static boolean isLender(KernelFunction function) {
    return Arrays.stream(values())
        .anyMatch(each -> each.isProtected() && each.next().name().equals(function.kernelName()));
  }

  /// Whether a function gives the next object of such an iterator.
  public static boolean advances(KernelFunction function) {
    return Arrays.stream(values())
        .anyMatch(each -> each.next().name().equals(function.kernelName()));
  }

  /// The method of the language.
  public String methodName() {
    return methodName;
  }

  /// The size of the iterator.
  public int bytes() {
    return family.bytes;
  }

  /// The kernel's struct that it gives.
  public String item() {
    return family.item;
  }

  /// Whether the kernel wants [CriticalSection#RCU] around it: programs that do not sleep are
  /// protected anyway.
  public boolean isProtected() {
    return family.protectedItems;
  }

  /// Which programs may use it.
  public Callers callers() {
    return family.callers;
  }

  /// What begins it, with the arguments that a program gives.
  public Kfunc asked() {
    return begin(
        given.stream().filter(each -> each.constant.isEmpty()).map(Given::parameter).toList());
  }

  /// What begins it.
  public Kfunc begin() {
    List<Kfunc.Parameter> parameters = new ArrayList<>(List.of(iterator()));
    given.forEach(each -> parameters.add(each.parameter));
    return begin(parameters);
  }

  private Kfunc begin(List<Kfunc.Parameter> parameters) {
    return function("_new", KfuncType.number(4, true), List.of(), parameters);
  }

  /// The arguments behind the iterator: a constant, or one that the program gives.
  public List<OptionalLong> arguments() {
    return given.stream().map(Given::constant).toList();
  }

  /// What gives the next object, or null.
  public Kfunc next() {
    return function(
        "_next",
        KfuncType.struct(family.item),
        List.of(Kfunc.Trait.MAY_BE_NULL),
        List.of(iterator()));
  }

  /// What ends it.
  public Kfunc end() {
    return function("_destroy", KfuncType.NOTHING, List.of(), List.of(iterator()));
  }

  private Kfunc.Parameter iterator() {
    return new Kfunc.Parameter("it", Argument.FIXED_READ_WRITE, KfuncType.struct(family.struct));
  }

  private Kfunc function(
      String suffix, KfuncType result, List<Kfunc.Trait> traits, List<Kfunc.Parameter> parameters) {
    return new Kfunc(family.struct + suffix, family.since, result, traits, "", parameters);
  }
}
