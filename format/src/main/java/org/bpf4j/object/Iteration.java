package org.bpf4j.object;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.bpf4j.object.Signature.Argument;

/// How an enhanced `for` goes over what an open-coded iterator of the kernel gives.
///
/// An iterator lies on the stack of its program. It is begun, advanced until it gives null, and
/// ended on every way out, by three functions whose names differ in the ending.
///
/// @param methodName the method that stands for it
/// @param struct the kernel's struct, with which the names of the functions begin
/// @param since the first kernel that has it
/// @param bytes how much of the stack it takes at most
/// @param item what it gives: a pointer to a struct or to a number
/// @param isProtected whether the kernel wants [CriticalSection#RCU] around it: programs that do
///   not sleep are protected anyway
/// @param callers which programs may use it
/// @param given what it is begun with
public record Iteration(
    String methodName,
    String struct,
    KernelVersion since,
    int bytes,
    KfuncType item,
    boolean isProtected,
    Callers callers,
    List<Given> given) {

  /// What an iterator takes that is not known here: the largest of Linux 6.18 has 48 bytes (`struct
  /// bpf_iter_scx_dsq`).
  private static final int MOST_BYTES = 64;

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

  /// An argument behind the iterator.
  ///
  /// @param parameter what the kernel takes
  /// @param constant what it always is; nothing for what the program gives
  public record Given(Kfunc.Parameter parameter, Optional<Long> constant) {
    /// What the program gives.
    public Given(Kfunc.Parameter parameter) {
      this(parameter, Optional.empty());
    }
  }

  /// Copies the list.
  public Iteration {
    given = List.copyOf(given);
  }

  /// One that a program declares, of which only that is known which the kernel's sources say of
  /// those that stand there.
  ///
  /// @param parameters what it is begun with
  public static Iteration declared(
      String methodName,
      String struct,
      KernelVersion since,
      KfuncType item,
      List<Kfunc.Parameter> parameters) {
    Optional<KernelIterator> known = KernelIterator.ofStruct(struct);
    return new Iteration(
        methodName,
        struct,
        since.max(NumberIterator.SINCE),
        MOST_BYTES,
        item,
        known.filter(KernelIterator::isProtected).isPresent(),
        known.map(KernelIterator::callers).orElse(Callers.ANY),
        parameters.stream().map(Given::new).toList());
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
    return function("_new", KfuncType.number(Integer.BYTES, true), List.of(), parameters);
  }

  /// What gives the next, or null.
  public Kfunc next() {
    List<Kfunc.Trait> traits = new ArrayList<>(List.of(Kfunc.Trait.MAY_BE_NULL));
    traits.add(isProtected ? Kfunc.Trait.LENDS : Kfunc.Trait.ADVANCES);
    return function("_next", item, traits, List.of(iterator()));
  }

  /// What ends it.
  public Kfunc end() {
    return function("_destroy", KfuncType.NOTHING, List.of(), List.of(iterator()));
  }

  private Kfunc.Parameter iterator() {
    return new Kfunc.Parameter("it", Argument.FIXED_READ_WRITE, KfuncType.struct(struct));
  }

  private Kfunc function(
      String suffix, KfuncType result, List<Kfunc.Trait> traits, List<Kfunc.Parameter> parameters) {
    return new Kfunc(struct + suffix, since, result, traits, "", parameters);
  }
}
