package org.bpf4j.handle;

/// A struct of functions of the kernel that an object's programs implement.
public interface Operations {

  /// The name of the struct's variable in the object.
  String name();

  /// The struct as the kernel has it.
  default Operations loaded() {
    return this;
  }

  /// Gives the struct to the kernel, which calls the programs from now on where it is asked to: a
  /// congestion control when a socket chooses it, a scheduler at once.
  ///
  /// @throws org.bpf4j.kernel.BpfException if the kernel refuses
  Link attach();
}
