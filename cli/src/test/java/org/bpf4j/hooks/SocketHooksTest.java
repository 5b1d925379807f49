package org.bpf4j.hooks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetSocketAddress;
import java.net.StandardProtocolFamily;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.bpf4j.handle.Hook;
import org.bpf4j.kernel.NoSuchTargetException;
import org.bpf4j.object.ProgramFamily;
import org.bpf4j.object.ProgramKind;
import org.junit.jupiter.api.Test;

/// Programs of single sockets of this process.
class SocketHooksTest {

  /// The sockets of this process: a descriptor for each inode.
  private static Map<String, Integer> sockets() throws Exception {
    Map<String, Integer> sockets = new HashMap<>();
    try (Stream<Path> files = Files.list(Path.of("/proc/self/fd"))) {
      for (Path file : files.toList()) {
        try {
          String target = Files.readSymbolicLink(file).toString();
          if (target.startsWith("socket:")) {
            sockets.put(target, Integer.parseInt(file.getFileName().toString()));
          }
        } catch (NoSuchFileException _) {
          // closed meanwhile
        }
      }
    }
    return sockets;
  }

  /// A datagram socket and its descriptor: the socket that is there now and was not before.
  record Opened(DatagramChannel channel, int descriptor) {
    static Opened open() throws Exception {
      return open(0);
    }

    /// On a port that others may share.
    static Opened open(int port) throws Exception {
      DatagramChannel.open(StandardProtocolFamily.INET).close(); // the JVM opens sockets of its own
      Map<String, Integer> before = sockets();
      DatagramChannel channel = DatagramChannel.open(StandardProtocolFamily.INET);
      channel.setOption(StandardSocketOptions.SO_REUSEPORT, true);
      channel.bind(new InetSocketAddress("127.0.0.1", port));
      Map<String, Integer> added = sockets();
      added.keySet().removeAll(before.keySet());
      assertThat(added).hasSize(1);
      return new Opened(channel, added.values().iterator().next());
    }

    void send(String text) throws Exception {
      try (DatagramChannel other = DatagramChannel.open(StandardProtocolFamily.INET)) {
        other.send(
            ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8)), channel.getLocalAddress());
      }
    }

    String receive() throws Exception {
      ByteBuffer buffer = ByteBuffer.allocate(64);
      channel.receive(buffer);
      return new String(buffer.array(), 0, buffer.position(), StandardCharsets.UTF_8);
    }
  }

  @Test
  @Fires(ProgramKind.SOCKET_FILTER)
  void filterKeepsWhatItSays() throws Exception {
    Opened socket = Opened.open();
    try (DatagramChannel channel = socket.channel();
        LiveCase filter = LiveCase.load("sockets/filter-of-datagrams")) {
      channel.configureBlocking(true);
      var link =
          filter.attach("keep", new Hook.Socket(socket.descriptor(), ProgramFamily.SOCKET_FILTER));
      socket.send("nothing of this");
      socket.send("keep me, not this");
      assertThat(socket.receive()).isEqualTo("keep me");
      link.close();
      socket.send("all of this");
      assertThat(socket.receive()).isEqualTo("all of this");
      assertThat(filter.number("dropped")).isOne();
    }
  }

  @Test
  @Does("a socket's filter goes from program to program")
  void anotherFilterTakesItsPlace() throws Exception {
    Opened socket = Opened.open();
    try (DatagramChannel channel = socket.channel();
        LiveCase first = LiveCase.load("sockets/filter-of-datagrams");
        LiveCase second = LiveCase.load("sockets/filter-of-datagrams")) {
      channel.configureBlocking(true);
      var link =
          first.attach("keep", new Hook.Socket(socket.descriptor(), ProgramFamily.SOCKET_FILTER));
      link.update(second.object().program("keep"));
      socket.send("nothing of this");
      socket.send("keep me, not this");
      assertThat(socket.receive()).isEqualTo("keep me");
      assertThat(first.number("dropped")).isZero();
      assertThat(second.number("dropped")).isOne();
      channel.close();
      assertThatThrownBy(() -> link.update(first.object().program("keep")))
          .isInstanceOf(NoSuchTargetException.class);
      link.close();
      assertThatThrownBy(() -> link.update(first.object().program("keep")))
          .isInstanceOf(IllegalStateException.class);
    }
  }

  @Test
  void whatIsNoSocketIsNamed() throws Exception {
    try (LiveCase filter = LiveCase.load("sockets/filter-of-datagrams")) {
      assertThatThrownBy(
              () -> filter.attach("keep", new Hook.Socket(99_999, ProgramFamily.SOCKET_FILTER)))
          .isInstanceOf(NoSuchTargetException.class)
          .hasMessageContaining("99999");
    }
  }
}
