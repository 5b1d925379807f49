package org.bpf4j.hooks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardProtocolFamily;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.nio.channels.NetworkChannel;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import org.bpf4j.handle.Hook;
import org.bpf4j.handle.Link;
import org.bpf4j.handle.LoadedMap;
import org.bpf4j.handle.MapObject;
import org.bpf4j.inventory.LinkTarget;
import org.bpf4j.kernel.BpfException;
import org.bpf4j.kernel.SyscallException;
import org.bpf4j.object.KernelVersion;
import org.bpf4j.object.MapKind;
import org.bpf4j.object.ProgramFamily;
import org.bpf4j.object.ProgramKind;
import org.junit.jupiter.api.Test;

/// Programs of sockets in maps: what they let through, change, and hand to another socket.
class SocketMapHooksTest {

  private static final int PATIENCE_MILLIS = 10_000;

  /// The first kernel with links of maps.
  private static final KernelVersion LINKS = new KernelVersion(6, 10);

  /// The two ends of a connection over the loopback interface.
  private record Connection(SocketChannel near, SocketChannel far) implements AutoCloseable {

    static Connection open() throws IOException {
      try (ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.INET)) {
        server.bind(new InetSocketAddress(InetAddress.getByName("127.0.0.1"), 0));
        SocketChannel near = SocketChannel.open(server.getLocalAddress());
        SocketChannel far = server.accept();
        far.socket().setSoTimeout(PATIENCE_MILLIS);
        return new Connection(near, far);
      }
    }

    int farPort() throws IOException {
      return ((InetSocketAddress) far.getLocalAddress()).getPort();
    }

    void send(String text) throws IOException {
      near.write(ByteBuffer.wrap(text.getBytes(StandardCharsets.ISO_8859_1)));
    }

    String receive(int bytes) throws IOException {
      return new String(
          far.socket().getInputStream().readNBytes(bytes), StandardCharsets.ISO_8859_1);
    }

    @Override
    public void close() throws IOException {
      near.close();
      far.close();
    }
  }

  private static void put(LiveCase live, String map, NetworkChannel socket, int... key) {
    live.map(map).assign(MemorySegment.ofArray(key), new MapObject.OfSocket(socket));
  }

  private static Link attach(LiveCase live, String program, String map) {
    return live.attach(program, new Hook.SocketMap(live.map(map)));
  }

  @Test
  @Fires(ProgramKind.SK_MSG)
  @Shares(MapKind.SOCKMAP)
  void sentMessages() throws Exception {
    OwnNetwork.run(
        () -> {
          try (LiveCase messages = LiveCase.load("sockets/messages");
              Connection one = Connection.open();
              Connection two = Connection.open()) {
            attach(messages, "send", "peers");
            put(messages, "peers", one.near(), 0);
            put(messages, "peers", two.near(), 1);
            one.send("fine");
            assertThat(one.receive(4)).isEqualTo("fine");
            assertThat(messages.number("port")).isEqualTo(one.farPort());
            one.send("cut.rest");
            assertThat(one.receive(4)).isEqualTo("rest");
            one.send("grow");
            assertThat(one.receive(8)).isEqualTo("cut.grow");
            one.send("move");
            assertThat(two.receive(4)).isEqualTo("move");
            assertThatThrownBy(() -> one.send("drop")).isInstanceOf(IOException.class);
            assertThat(messages.number("sent")).isEqualTo(24);
          }
        });
  }

  /// A socket keeps the program that was there when it was put in.
  @Test
  @Does("a socket map's place goes from program to program")
  void anotherProgramTakesThePlaceOfTheFirst() throws Exception {
    OwnNetwork.run(
        () -> {
          try (LiveCase first = LiveCase.load("sockets/messages");
              LiveCase second = LiveCase.load("sockets/messages");
              Connection one = Connection.open();
              Connection two = Connection.open()) {
            Link link = attach(first, "send", "peers");
            put(first, "peers", one.near(), 0);
            one.send("fine");
            assertThat(one.receive(4)).isEqualTo("fine");
            assertThat(second.number("sent")).isZero();
            link.update(second.object().program("send"));
            put(first, "peers", two.near(), 1);
            two.send("fine");
            assertThat(two.receive(4)).isEqualTo("fine");
            assertThat(second.number("sent")).isEqualTo(4);
            one.send("fine");
            assertThat(one.receive(4)).isEqualTo("fine");
            assertThat(first.number("sent")).isEqualTo(8);
            if (!LINKS.isNewerThanRunning()) {
              LinkTarget.SocketMap target = (LinkTarget.SocketMap) link.info().target();
              assertThat(target.attachType()).isEqualTo("sk_msg_verdict");
              assertThat(
                      link.replace(first.object().program("send"), first.object().program("send")))
                  .isFalse();
            }
            link.detach();
            assertThatThrownBy(() -> link.update(first.object().program("send")))
                .isInstanceOfAny(SyscallException.class, IllegalStateException.class);
          }
        });
  }

  @Test
  @Does("messages are held back, and received elsewhere")
  void messagesAreHeldBackAndReceivedElsewhere() throws Exception {
    OwnNetwork.run(
        () -> {
          try (LiveCase messages = LiveCase.load("sockets/messages");
              Connection one = Connection.open();
              Connection two = Connection.open()) {
            attach(messages, "hold", "peers");
            put(messages, "peers", one.near(), 0);
            put(messages, "peers", two.far(), 3);
            one.send("held");
            one.send("back");
            assertThat(two.receive(8)).isEqualTo("heldback");
          }
        });
  }

  @Test
  @Fires({ProgramKind.SK_SKB_STREAM_PARSER, ProgramKind.SK_SKB_STREAM_VERDICT})
  @Shares(MapKind.SOCKHASH)
  void receivedStreamsAreHandedOver() throws Exception {
    OwnNetwork.run(
        () -> {
          try (LiveCase streams = LiveCase.load("sockets/streams");
              Connection one = Connection.open();
              Connection two = Connection.open()) {
            attach(streams, "parse", "peers");
            attach(streams, "route", "peers");
            put(streams, "peers", one.far(), 1, 0);
            put(streams, "peers", two.far(), 2, one.farPort());
            one.send("\4\2");
            one.send("oi");
            assertThat(two.receive(4)).isEqualTo("\4\2oi");
            assertThat(streams.number("messages")).isOne();
            assertThat(streams.number("parsed")).isPositive();
          }
        });
  }

  @Test
  @Does("a parsed stream goes on to its own socket")
  @Hangs(
      before = "6.1",
      why =
          "5.10.223 parses under the write lock sk_callback_lock of a socket, and takes the read"
              + " lock when the message is passed to the same socket")
  void receivedStreamsPass() throws Exception {
    OwnNetwork.run(
        () -> {
          try (LiveCase streams = LiveCase.load("sockets/streams");
              Connection one = Connection.open();
              Connection two = Connection.open()) {
            attach(streams, "parse", "peers");
            attach(streams, "route", "peers");
            put(streams, "peers", one.far(), 1, 0);
            put(streams, "peers", two.far(), 2, one.farPort());
            one.send("\4\0ok");
            assertThat(one.receive(4)).isEqualTo("\4\0!k");
            one.send("\4\2");
            one.send("oi");
            assertThat(two.receive(4)).isEqualTo("\4\2oi");
            assertThat(streams.number("messages")).isEqualTo(2);
            assertThat(streams.number("parsed")).isPositive();
          }
        });
  }

  @Test
  @Fires(ProgramKind.SK_SKB_VERDICT)
  void receivedDatagrams() throws Exception {
    OwnNetwork.run(
        () -> {
          InetSocketAddress here = new InetSocketAddress(InetAddress.getByName("127.0.0.1"), 0);
          try (LiveCase streams = LiveCase.load("sockets/streams");
              DatagramChannel far = DatagramChannel.open(StandardProtocolFamily.INET);
              DatagramChannel near = DatagramChannel.open(StandardProtocolFamily.INET)) {
            far.bind(here);
            near.bind(here).connect(far.getLocalAddress());
            far.connect(near.getLocalAddress());
            far.socket().setSoTimeout(PATIENCE_MILLIS);
            Link link = attach(streams, "any", "peers");
            put(streams, "peers", far, 1, 0);
            near.write(ByteBuffer.wrap("more than eight".getBytes(StandardCharsets.UTF_8)));
            near.write(ByteBuffer.wrap("eight".getBytes(StandardCharsets.UTF_8)));
            assertThat(receive(far)).isEqualTo("eight");
            link.close();
            attach(streams, "any", "peers");
          }
        });
  }

  private static String receive(DatagramChannel channel) throws IOException {
    ByteBuffer buffer = ByteBuffer.allocate(64);
    if (channel.isConnected()) {
      channel.read(buffer);
    } else {
      channel.receive(buffer);
    }
    return new String(buffer.array(), 0, buffer.position(), StandardCharsets.UTF_8);
  }

  @Test
  void emptySlotsAndSocketsThatAreNotConnected() throws Exception {
    OwnNetwork.run(
        () -> {
          try (LiveCase messages = LiveCase.load("sockets/messages");
              Connection one = Connection.open();
              SocketChannel alone = SocketChannel.open(StandardProtocolFamily.INET)) {
            LoadedMap peers = messages.map("peers");
            MemorySegment key = MemorySegment.ofArray(new int[] {2});
            assertThat(peers.delete(key)).isFalse();
            put(messages, "peers", one.near(), 2);
            assertThat(peers.delete(key)).isTrue();
            alone.bind(new InetSocketAddress(InetAddress.getByName("127.0.0.1"), 0));
            assertThatThrownBy(() -> put(messages, "peers", alone, 2))
                .isInstanceOf(BpfException.class);
            alone.close();
            assertThatThrownBy(() -> put(messages, "peers", alone, 2))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("closed");
          }
        });
  }

  @Test
  @Fires(ProgramKind.SK_REUSEPORT)
  @Shares(MapKind.REUSEPORT_SOCKARRAY)
  void chosenAmongSocketsThatShareAPort() throws Exception {
    OwnNetwork.run(
        () -> {
          try (LiveCase maps = LiveCase.load("sockets/socket-maps");
              DatagramChannel one = shared(20031);
              DatagramChannel two = shared(20031);
              DatagramChannel near = DatagramChannel.open(StandardProtocolFamily.INET)) {
            maps.attach("choose", new Hook.Channel(one, ProgramFamily.SK_REUSEPORT));
            put(maps, "servers", one, "odd".length() % 2);
            put(maps, "servers", two, "even".length() % 2);
            for (String text : new String[] {"odd", "even", "other", "more"}) {
              near.send(
                  ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8)), one.getLocalAddress());
            }
            assertThat(receive(one)).isEqualTo("odd");
            assertThat(receive(one)).isEqualTo("other");
            assertThat(receive(two)).isEqualTo("even");
            assertThat(receive(two)).isEqualTo("more");
          }
        });
  }

  private static DatagramChannel shared(int port) throws IOException {
    DatagramChannel channel = DatagramChannel.open(StandardProtocolFamily.INET);
    channel.setOption(StandardSocketOptions.SO_REUSEPORT, true);
    channel.bind(new InetSocketAddress(InetAddress.getByName("127.0.0.1"), port));
    return channel;
  }
}
