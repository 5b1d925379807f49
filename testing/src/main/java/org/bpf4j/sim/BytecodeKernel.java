package org.bpf4j.sim;

import org.bpf4j.btf.BtfTypes;
import org.bpf4j.handle.LoadedObject;
import org.bpf4j.kernel.LoadRequest;
import org.jspecify.annotations.Nullable;

/// The simulated kernel that runs an object's bytecode in the VM.
final class BytecodeKernel extends SimulatedKernel {

  private final @Nullable BtfTypes types;

  /// A kernel that has the structs that objects declare.
  BytecodeKernel(Environment environment) {
    super(environment);
    types = null;
  }

  /// A kernel with structs of its own.
  BytecodeKernel(Environment environment, BtfTypes types) {
    super(environment);
    this.types = types;
  }

  @Override
  public LoadedObject load(LoadRequest request) {
    announce();
    return locked(() -> new SimulatedObject(this, request, types));
  }
}
