package org.bpf4j.examples.guard;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;

/// UDP packets to two ports, and who counts those that arrive; a process of its own for each.
final class Traffic {

  static final int CLOSED = 9;
  static final int OPEN = 10;

  /// How many packets go at a time, and how long the pause is behind them: slow enough that none is
  /// lost on the way.
  private static final int AT_ONCE = 8;

  private static final Duration PAUSE = Duration.ofNanos(300_000);

  private Traffic() {}

  /// @param args `receive`, or `send` until the input ends
  public static void main(String[] args) throws IOException {
    if (args[0].equals("receive")) {
      receive();
    } else {
      send();
    }
  }

  private static void receive() throws IOException {
    try (DatagramChannel closed = bound(CLOSED);
        DatagramChannel open = bound(OPEN)) {
      System.out.println("ready");
      ByteBuffer packet = ByteBuffer.allocate(64);
      long[] counts = new long[2];
      while (true) {
        boolean some = false;
        for (int i = 0; i < 10_000; i++) {
          boolean forbidden = closed.receive(packet.clear()) != null;
          boolean allowed = open.receive(packet.clear()) != null;
          counts[0] += forbidden ? 1 : 0;
          counts[1] += allowed ? 1 : 0;
          if (!forbidden && !allowed) {
            break;
          }
          some = true;
        }
        if (some) {
          System.out.println("received " + counts[0] + " " + counts[1]);
        }
        LockSupport.parkNanos(Duration.ofMillis(10).toNanos());
      }
    }
  }

  private static DatagramChannel bound(int port) throws IOException {
    DatagramChannel channel = DatagramChannel.open();
    channel.bind(new InetSocketAddress(port)).configureBlocking(false);
    return channel;
  }

  private static void send() throws IOException {
    AtomicBoolean ended = new AtomicBoolean();
    Thread.ofPlatform()
        .daemon()
        .start(
            () -> {
              try {
                while (System.in.read() >= 0) {}
              } catch (IOException _) {
                // the input is gone
              }
              ended.set(true);
            });
    long sent = 0;
    try (DatagramChannel channel = DatagramChannel.open()) {
      InetSocketAddress closed = new InetSocketAddress("10.123.0.1", CLOSED);
      InetSocketAddress open = new InetSocketAddress("10.123.0.1", OPEN);
      ByteBuffer packet = ByteBuffer.allocate(20);
      System.out.println("sending");
      while (!ended.get()) {
        for (int i = 0; i < AT_ONCE; i++) {
          channel.send(packet.clear(), closed);
          channel.send(packet.clear(), open);
          sent++;
        }
        LockSupport.parkNanos(PAUSE.toNanos());
      }
    }
    System.out.println("sent " + sent);
  }
}
