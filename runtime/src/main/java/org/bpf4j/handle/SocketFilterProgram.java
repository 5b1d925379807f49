package org.bpf4j.handle;

import java.nio.channels.NetworkChannel;
import org.bpf4j.object.ProgramFamily;

/// A program that filters what a socket receives.
public final class SocketFilterProgram extends ProgramHandle {

  SocketFilterProgram(LoadedObject object, String name, Links links) {
    super(object, name, links);
  }

  /// Attaches to a socket of this process; the last filter counts.
  ///
  /// @param socket its descriptor's number
  /// @throws org.bpf4j.kernel.NoSuchTargetException if it is no socket
  public Link attach(int socket) {
    return attachTo(new Hook.Socket(socket, ProgramFamily.SOCKET_FILTER));
  }

  /// Attaches to a channel's socket.
  ///
  /// @throws IllegalArgumentException if it is closed, or not bound to an address of IPv4 or IPv6
  public Link attach(NetworkChannel socket) {
    return attachTo(new Hook.Channel(socket, ProgramFamily.SOCKET_FILTER));
  }

  /// Runs it once over a frame, without any socket; the program sees the frame from its network
  /// header on.
  ///
  /// @return how many bytes the socket would keep
  public int run(Frame frame) {
    return run(frame.bytes());
  }

  /// Runs it once over the bytes of a frame, without any socket.
  ///
  /// @return how many bytes the socket would keep
  public int run(byte[] frame) {
    return loaded().run(TestInput.packet(frame)).returnValue();
  }
}
