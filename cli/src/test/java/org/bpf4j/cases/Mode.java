package org.bpf4j.cases;

import org.bpf4j.kernel.Kernel;
import org.bpf4j.sim.SimulatedKernel;

/// A way to run a program; all of them must agree.
public enum Mode {
  /// The Java bodies, on the JVM: what the program means.
  JVM("jvm", true),
  /// The bytecode, in the simulated kernel.
  VM("vm", true),
  /// The bytecode that the compiler emits without its optimising passes, in the simulated kernel.
  VM_UNOPTIMIZED("vm-unoptimized", false),
  /// The bytecode, in Linux.
  KERNEL("kernel", true),
  /// The bytecode without optimisation, in Linux.
  KERNEL_UNOPTIMIZED("kernel-unoptimized", false);

  private final String text;
  private final boolean optimized;

  Mode(String text, boolean optimized) {
    this.text = text;
    this.optimized = optimized;
  }

  /// Whether the optimising passes ran.
  public boolean optimized() {
    return optimized;
  }

  /// Whether it is this machine's kernel that runs the programs.
  public boolean isKernel() {
    return this == KERNEL || this == KERNEL_UNOPTIMIZED;
  }

  /// A kernel that has run nothing yet.
  public Kernel kernel() {
    return switch (this) {
      case JVM -> SimulatedKernel.runningJava();
      case VM, VM_UNOPTIMIZED -> SimulatedKernel.create();
      case KERNEL, KERNEL_UNOPTIMIZED -> Kernel.local();
    };
  }

  @Override
  public String toString() {
    return text;
  }
}
