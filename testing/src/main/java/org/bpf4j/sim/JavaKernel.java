package org.bpf4j.sim;

import org.bpf4j.handle.LoadedObject;
import org.bpf4j.kernel.LoadRequest;

/// The simulated kernel that runs the Java bodies of programs, for a debugger and as the measure of
/// what bytecode should do.
///
/// Each load defines the program's classes anew, so that static fields start from their
/// initialisers and the values of two loads never meet.
final class JavaKernel extends SimulatedKernel {

  JavaKernel(Environment environment) {
    super(environment);
  }

  @Override
  public LoadedObject load(LoadRequest request) {
    refuseOthers(request);
    return locked(() -> new JavaObject(this, request));
  }
}
