package org.bpf4j.vm;

/// Something that runs BPF code.
@FunctionalInterface
public interface Machine {

  /// The instructions that a run may execute unless said otherwise: some seconds.
  ///
  /// Verified programs need far fewer; even a `may_goto` loop of the kernel's greatest length
  /// (`BPF_MAX_LOOPS`, 2^23) may have a body of 128 instructions.
  long DEFAULT_BUDGET = 1L << 30;

  /// Runs a program from its first instruction.
  ///
  /// @param code the program
  /// @param memory what it can reach; the stack frames are added for the run
  /// @param helpers who answers its calls
  /// @param arguments the values of `r1` and following, at most five
  Outcome run(Code code, Memory memory, Helpers helpers, long... arguments);

  /// A machine that interprets, with the default budget.
  static Machine interpreter() {
    return interpreter(DEFAULT_BUDGET);
  }

  /// A machine that interprets.
  ///
  /// @param budget the instructions that a run may execute
  static Machine interpreter(long budget) {
    return (code, memory, helpers, arguments) ->
        new Execution(code, memory, helpers, budget).run(arguments);
  }
}
