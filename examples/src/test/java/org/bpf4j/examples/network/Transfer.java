package org.bpf4j.examples.network;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;

/// Sends data through a connection to itself, and prints how much arrived.
public final class Transfer {

  private static final int BYTES = 1 << 20;

  private Transfer() {}

  /// Runs once.
  public static void main(String[] arguments) throws IOException {
    try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"));
        Socket client = new Socket(server.getInetAddress(), server.getLocalPort());
        Socket accepted = server.accept()) {
      Thread sender =
          Thread.ofPlatform()
              .start(
                  () -> {
                    try {
                      client.getOutputStream().write(new byte[BYTES]);
                      client.shutdownOutput();
                    } catch (IOException e) {
                      System.out.println(e);
                    }
                  });
      int arrived = accepted.getInputStream().readAllBytes().length;
      sender.join();
      System.out.println("arrived " + arrived);
    } catch (InterruptedException e) {
      throw new IOException(e);
    }
  }
}
