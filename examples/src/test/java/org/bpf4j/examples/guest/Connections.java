package org.bpf4j.examples.guest;

import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;

/// Sockets of the loopback interface, to make programs see something.
final class Connections {

  private Connections() {}

  private static InetAddress loopback() throws IOException {
    return InetAddress.getByAddress(new byte[] {127, 0, 0, 1});
  }

  /// Connects to a port where nobody listens.
  static void refused() throws IOException {
    try (Socket socket = new Socket(loopback(), 9)) {
      throw new IllegalStateException("somebody listens: " + socket);
    } catch (ConnectException refused) {
      return;
    }
  }

  /// Whether the kernel lets this process listen with a backlog.
  static boolean mayListen(int backlog) {
    try (ServerSocket socket = new ServerSocket(0, backlog, loopback())) {
      return socket.isBound();
    } catch (IOException denied) {
      return false;
    }
  }

  /// Whether the kernel lets this process shut down the receiving side of a connection.
  static boolean mayShutDownInput() throws IOException {
    try (ServerSocket server = new ServerSocket(0, 7, loopback());
        Socket socket = new Socket(loopback(), server.getLocalPort());
        Socket accepted = server.accept()) {
      accepted.setTcpNoDelay(true);
      socket.shutdownInput();
      return true;
    } catch (IOException denied) {
      return false;
    }
  }
}
