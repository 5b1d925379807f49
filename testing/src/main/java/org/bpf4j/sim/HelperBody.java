package org.bpf4j.sim;

import org.bpf4j.vm.KernelCall;

/// What a helper does in the simulated kernel.
@FunctionalInterface
interface HelperBody {

  /// Answers a call.
  ///
  /// @return `r0`; errors are the kernel's negated numbers
  long call(Run run, KernelCall call);
}
