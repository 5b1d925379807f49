package org.bpf4j.object;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.bpf4j.object.Kfunc.Parameter;
import org.bpf4j.object.Signature.Argument;

/// Stretches of a program in which something that could come in between does not.
///
/// A function of the kernel begins one and another ends it, on every way out; what is called in
/// between does not sleep. They are known to programs of all kinds (`common_btf_ids` in
/// `kernel/bpf/helpers.c`).
public enum CriticalSection {
  /// Objects that RCU protects stay: programs that do not sleep are in one anyway.
  RCU("rcu", "RCU is held", "bpf_rcu_read_lock", "bpf_rcu_read_unlock", new KernelVersion(6, 2)),
  /// No other task runs on the CPU.
  PREEMPTION(
      "noPreemption",
      "preemption is off",
      "bpf_preempt_disable",
      "bpf_preempt_enable",
      new KernelVersion(6, 10)),
  /// Nothing else runs on the CPU.
  INTERRUPTS(
      "noInterrupts",
      "interrupts are off",
      "bpf_local_irq_save",
      "bpf_local_irq_restore",
      new KernelVersion(6, 14),
      new Parameter("flags__irq_flag", Argument.FIXED_READ_WRITE, KfuncType.numbers(8, false)));

  private final String methodName;
  private final String state;
  private final Kfunc begin;
  private final Kfunc end;

  CriticalSection(
      String methodName,
      String state,
      String begin,
      String end,
      KernelVersion since,
      Parameter... parameters) {
    this.methodName = methodName;
    this.state = state;
    this.begin = function(begin, since, parameters);
    this.end = function(end, since, parameters);
  }

  private static Kfunc function(String name, KernelVersion since, Parameter... parameters) {
    return new Kfunc(name, since, KfuncType.NOTHING, List.of(), "", List.of(parameters));
  }

  /// The section that a method of the language begins.
  public static Optional<CriticalSection> ofMethod(String methodName) {
    return Arrays.stream(values()).filter(each -> each.methodName.equals(methodName)).findFirst();
  }

  /// The method of the language.
  public String methodName() {
    return methodName;
  }

  /// How it is in it, for messages: `RCU is held`.
  public String state() {
    return state;
  }

  /// Whether no other task runs on the CPU in it.
  public boolean keepsTask() {
    return this != RCU;
  }

  /// What begins it.
  public Kfunc begin() {
    return begin;
  }

  /// What ends it.
  public Kfunc end() {
    return end;
  }

  /// Whether both functions take the address of a word, which the first one writes (`unsigned long
  /// *`).
  public boolean keepsFlags() {
    return !begin.parameters().isEmpty();
  }
}
