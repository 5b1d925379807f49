package org.bpf4j.handle;

/// A program for the packets of a pair of netkit devices.
public final class NetkitProgram extends ProgramHandle {

  NetkitProgram(LoadedObject object, String name, Links links) {
    super(object, name, links);
  }

  /// Attaches to a pair; which of its devices it is for, its declaration says.
  ///
  /// @param primary the primary device
  /// @throws org.bpf4j.kernel.NoSuchTargetException if there is no such interface
  public Link attach(String primary) {
    return attachTo(new Hook.Netkit(primary));
  }

  /// Attaches to a pair, at a place among the programs that are there.
  ///
  /// @param primary the primary device
  public Link attach(String primary, AttachOrder order) {
    return attachTo(new Hook.Netkit(primary, order));
  }

  /// Runs it once over a packet, without any device.
  public TcRun run(Frame frame) {
    return TcRun.of(loaded().run(TestInput.packet(frame.bytes())));
  }
}
