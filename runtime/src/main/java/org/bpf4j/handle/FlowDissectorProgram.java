package org.bpf4j.handle;

import java.nio.file.Path;
import org.bpf4j.object.ProgramFamily;

/// A program that dissects the flows of a network namespace.
public final class FlowDissectorProgram extends ProgramHandle {

  FlowDissectorProgram(LoadedObject object, String name, Links links) {
    super(object, name, links);
  }

  /// Attaches to the network namespace of the calling thread.
  public Link attach() {
    return attach(Path.of("/proc/thread-self/ns/net"));
  }

  /// Attaches to a network namespace.
  ///
  /// @param namespace the file that stands for it, such as `/run/netns/name`
  /// @throws org.bpf4j.kernel.NoSuchTargetException if there is no such file
  public Link attach(Path namespace) {
    return attachTo(new Hook.Namespace(namespace, ProgramFamily.FLOW_DISSECTOR));
  }

  /// Runs it once over a frame, without any namespace.
  ///
  /// @return its result, and the keys (`struct bpf_flow_keys`) in place of a packet
  public TestRun run(Frame frame) {
    return loaded().run(TestInput.packet(frame.bytes()));
  }
}
