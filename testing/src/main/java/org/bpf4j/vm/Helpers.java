package org.bpf4j.vm;

/// Whoever answers a program's calls of helpers.
@FunctionalInterface
public interface Helpers {

  /// No helpers: every call is a fault.
  Helpers NONE =
      (number, _) -> {
        throw new FaultException(Outcome.Kind.UNSUPPORTED, "there is no helper " + number);
      };

  /// Answers a call.
  ///
  /// @param number the helper's number (`BPF_FUNC_*`)
  /// @param call the arguments
  /// @return the value of `r0`
  /// @throws FaultException if the program has to stop
  long call(int number, KernelCall call);
}
