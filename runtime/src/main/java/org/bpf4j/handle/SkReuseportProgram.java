package org.bpf4j.handle;

import org.bpf4j.object.ProgramFamily;

/// A program for sockets that share a port.
public final class SkReuseportProgram extends ProgramHandle {

  SkReuseportProgram(LoadedObject object, String name, Links links) {
    super(object, name, links);
  }

  /// Attaches to a socket of this process, and all that share its port.
  ///
  /// @param socket its descriptor's number
  /// @throws org.bpf4j.kernel.NoSuchTargetException if it is no socket
  public Link attach(int socket) {
    return attachTo(new Hook.Socket(socket, ProgramFamily.SK_REUSEPORT));
  }
}
