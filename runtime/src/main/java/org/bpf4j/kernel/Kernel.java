package org.bpf4j.kernel;

import org.bpf4j.handle.LoadedObject;

/// Something that can run BPF objects: Linux, or a simulation of it.
///
/// Generated skeletons know only this interface, so that the same class serves production, unit
/// tests on the bytecode and a debugger on the Java bodies.
public interface Kernel {

  /// Creates the maps, fills the globals and loads the programs of an object.
  ///
  /// Either everything is loaded or nothing remains: a failure frees what had been made.
  ///
  /// @throws BpfException if this kernel refuses
  LoadedObject load(LoadRequest request);

  /// The kernel of this machine, reached through bpf(2).
  static Kernel local() {
    return org.bpf4j.load.LocalKernel.INSTANCE;
  }
}
