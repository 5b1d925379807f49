package org.bpf4j.handle;

/// A program for the data of sockets in a map.
public final class SocketMapProgram extends ProgramHandle {

  SocketMapProgram(LoadedObject object, String name, Links links) {
    super(object, name, links);
  }

  /// Attaches to a map: the sockets that are put in from now on run the program.
  public Link attach(SocketMapHandle<?> map) {
    return attachTo(new Hook.SocketMap(map.loaded()));
  }

  /// Runs it once over a context struct and data; simulated kernels can, Linux cannot.
  ///
  /// @return its result, and the struct and the data as it left them
  /// @throws org.bpf4j.kernel.UnsupportedFeatureException on Linux
  public TestRun run(TestInput input) {
    return loaded().run(input);
  }
}
