package org.bpf4j.load;

import org.bpf4j.attach.LinuxHooks;
import org.bpf4j.handle.LoadedObject;
import org.bpf4j.kernel.Kernel;
import org.bpf4j.kernel.LoadRequest;

/// The kernel of this machine.
///
/// It is where loading and attaching meet; nothing else knows both.
public enum LocalKernel implements Kernel {
  /// The only one.
  INSTANCE;

  @Override
  public LoadedObject load(LoadRequest request) {
    return new ObjectLoader(request, LinuxHooks::attach).load();
  }
}
