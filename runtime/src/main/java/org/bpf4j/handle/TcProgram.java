package org.bpf4j.handle;

import org.bpf4j.handle.Hook.Direction;

/// A program for the packets at the traffic control hook of a network interface.
public final class TcProgram extends ProgramHandle {

  TcProgram(LoadedObject object, String name, Links links) {
    super(object, name, links);
  }

  /// Attaches to packets that come in.
  ///
  /// @throws org.bpf4j.kernel.NoSuchTargetException if there is no such interface
  public Link attachIngress(String networkInterface) {
    return attachTo(new Hook.Tc(networkInterface, Direction.INGRESS));
  }

  /// Attaches to packets that come in, at a place among the programs that are there.
  ///
  /// @throws org.bpf4j.kernel.UnsupportedFeatureException if the kernel has no order there (Linux
  ///   6.6)
  public Link attachIngress(String networkInterface, AttachOrder order) {
    return attachTo(new Hook.Tc(networkInterface, Direction.INGRESS, order));
  }

  /// Attaches to packets that go out, at a place among the programs that are there.
  ///
  /// @throws org.bpf4j.kernel.UnsupportedFeatureException if the kernel has no order there (Linux
  ///   6.6)
  public Link attachEgress(String networkInterface, AttachOrder order) {
    return attachTo(new Hook.Tc(networkInterface, Direction.EGRESS, order));
  }

  /// Attaches to packets that go out.
  ///
  /// @throws org.bpf4j.kernel.NoSuchTargetException if there is no such interface
  public Link attachEgress(String networkInterface) {
    return attachTo(new Hook.Tc(networkInterface, Direction.EGRESS));
  }

  /// Runs it once over a packet, without any interface.
  public TcRun run(Frame frame) {
    return run(frame.bytes());
  }

  /// Runs it once over the bytes of a packet, without any interface.
  public TcRun run(byte[] frame) {
    return TcRun.of(loaded().run(TestInput.packet(frame)));
  }
}
