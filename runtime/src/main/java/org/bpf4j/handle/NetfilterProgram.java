package org.bpf4j.handle;

import org.bpf4j.handle.Hook.NetfilterPoint;

/// A program for packets at a netfilter hook.
public final class NetfilterProgram extends ProgramHandle {

  NetfilterProgram(LoadedObject object, String name, Links links) {
    super(object, name, links);
  }

  /// Attaches to packets of IPv4 in the network namespace of the calling thread.
  ///
  /// @param priority the place among the others at the hook: lower ones come first
  public Link attachIpv4(NetfilterPoint point, int priority) {
    return attachTo(new Hook.Netfilter(false, point, priority));
  }

  /// Attaches to packets of IPv6 in the network namespace of the calling thread.
  ///
  /// @param priority the place among the others at the hook: lower ones come first
  public Link attachIpv6(NetfilterPoint point, int priority) {
    return attachTo(new Hook.Netfilter(true, point, priority));
  }

  /// Runs it once over a frame, without any hook.
  ///
  /// @return its result
  public TestRun run(Frame frame) {
    return loaded().run(TestInput.packet(frame.bytes()));
  }
}
