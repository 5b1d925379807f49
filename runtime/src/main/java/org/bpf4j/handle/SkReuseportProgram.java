package org.bpf4j.handle;

import java.nio.channels.NetworkChannel;
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

  /// Attaches to a channel's socket, and all that share its port.
  ///
  /// @throws IllegalArgumentException if it is closed, or not bound to an address of IPv4 or IPv6
  public Link attach(NetworkChannel socket) {
    return attachTo(new Hook.Channel(socket, ProgramFamily.SK_REUSEPORT));
  }
}
