package org.bpf4j.handle;

import org.bpf4j.handle.Hook.XdpMode;

/// A program for the frames that a network interface receives.
public final class XdpProgram extends ProgramHandle {

  XdpProgram(LoadedObject object, String name, Links links) {
    super(object, name, links);
  }

  /// Attaches to an interface, in the driver if that can.
  ///
  /// @throws org.bpf4j.kernel.NoSuchTargetException if there is no such interface
  public Link attach(String networkInterface) {
    return attach(networkInterface, XdpMode.ANY);
  }

  /// Attaches to an interface.
  ///
  /// @throws org.bpf4j.kernel.NoSuchTargetException if there is no such interface
  public Link attach(String networkInterface, XdpMode mode) {
    return attachTo(new Hook.Xdp(networkInterface, mode));
  }

  /// Runs it once over a frame, without any interface.
  public XdpRun run(Frame frame) {
    return run(frame.bytes());
  }

  /// Runs it once over the bytes of a frame, without any interface.
  public XdpRun run(byte[] frame) {
    return XdpRun.of(loaded().run(TestInput.packet(frame)));
  }
}
