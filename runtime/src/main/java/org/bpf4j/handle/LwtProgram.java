package org.bpf4j.handle;

/// A program for the packets of a route.
public final class LwtProgram extends ProgramHandle {

  LwtProgram(LoadedObject object, String name, Links links) {
    super(object, name, links);
  }

  /// Adds a route with the program to the network namespace of the calling thread.
  ///
  /// @param destination an IPv4 or IPv6 network, such as `10.1.0.0/16`
  /// @param networkInterface the interface by which packets leave
  /// @throws org.bpf4j.kernel.NoSuchTargetException if there is no such interface
  public Link attach(String destination, String networkInterface) {
    return attachTo(new Hook.Route(destination, networkInterface));
  }

  /// Runs it once over a frame, without any route; it sees the frame from its network header on.
  ///
  /// @return its result, and the frame as it left it
  public TestRun run(Frame frame) {
    return loaded().run(TestInput.packet(frame.bytes()));
  }
}
