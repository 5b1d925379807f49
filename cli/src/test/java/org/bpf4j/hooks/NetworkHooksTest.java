package org.bpf4j.hooks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.StandardProtocolFamily;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.nio.channels.NetworkChannel;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.bpf4j.handle.Hook;
import org.bpf4j.handle.Hook.Direction;
import org.bpf4j.handle.Hook.NetfilterPoint;
import org.bpf4j.handle.Link;
import org.bpf4j.handle.LoadedMap;
import org.bpf4j.handle.MapObject;
import org.bpf4j.kernel.NoSuchTargetException;
import org.bpf4j.object.MapKind;
import org.bpf4j.object.ProgramFamily;
import org.bpf4j.object.ProgramKind;
import org.junit.jupiter.api.Test;

/// Programs of network namespaces and routes.
class NetworkHooksTest {

  private static final Path OWN = Path.of("/proc/thread-self/ns/net");

  /// A frame from `2001:db8::9` to `2001:db8::1`, and on to `2001:db8::2`, without contents.
  private static final String SEGMENT =
      "02000000000102000000000286dd"
          + "6000000000282b40"
          + "20010db800000000000000000000000920010db8000000000000000000000001"
          + "3b04040101000000"
          + "20010db800000000000000000000000220010db8000000000000000000000001";

  private static void send(int port, String text) throws IOException {
    try (DatagramChannel channel = DatagramChannel.open(StandardProtocolFamily.INET)) {
      channel.send(
          ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8)),
          new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
    }
  }

  private static DatagramChannel receiver(int port) throws IOException {
    DatagramChannel channel = DatagramChannel.open(StandardProtocolFamily.INET);
    channel.setOption(StandardSocketOptions.SO_REUSEPORT, true);
    channel.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
    return channel;
  }

  private static String receive(DatagramChannel channel) throws IOException {
    ByteBuffer buffer = ByteBuffer.allocate(64);
    channel.receive(buffer);
    return new String(buffer.array(), 0, buffer.position(), StandardCharsets.UTF_8);
  }

  @Test
  @Fires(ProgramKind.SK_LOOKUP)
  void lookupRefusesOddPorts() throws Exception {
    OwnNetwork.run(
        () -> {
          try (LiveCase lookup = LiveCase.load("network/socket-lookup");
              ServerSocketChannel odd = ServerSocketChannel.open(StandardProtocolFamily.INET);
              ServerSocketChannel even = ServerSocketChannel.open(StandardProtocolFamily.INET)) {
            InetAddress loopback = InetAddress.getByName("127.0.0.1");
            odd.bind(new InetSocketAddress(loopback, 20001));
            even.bind(new InetSocketAddress(loopback, 20002));
            Link link = lookup.attach("refuse", new Hook.Namespace(OWN, ProgramFamily.SK_LOOKUP));
            new Socket(loopback, 20002).close();
            assertThatThrownBy(() -> new Socket(loopback, 20001).close())
                .isInstanceOf(ConnectException.class);
            assertThat(lookup.number("remote")).isEqualTo(0x7f000001);
            link.close();
            new Socket(loopback, 20001).close();
          }
        });
  }

  /// Nobody listens on the ports that are asked for: the sockets of the maps answer.
  @Test
  @Fires(ProgramKind.SK_LOOKUP)
  void lookupFindsTheSocketsOfMaps() throws Exception {
    OwnNetwork.run(
        () -> {
          InetAddress loopback = InetAddress.getByName("127.0.0.1");
          try (LiveCase steering = LiveCase.load("sockets/steering");
              ServerSocketChannel one = ServerSocketChannel.open(StandardProtocolFamily.INET);
              ServerSocketChannel two = ServerSocketChannel.open(StandardProtocolFamily.INET)) {
            one.bind(new InetSocketAddress(loopback, 20051));
            two.bind(new InetSocketAddress(loopback, 20052));
            put(steering, "servers", 1, one);
            put(steering, "byPort", 20062, two);
            steering.attach("steer", new Hook.Namespace(OWN, ProgramFamily.SK_LOOKUP));
            try (Socket client = new Socket(loopback, 20061);
                SocketChannel accepted = one.accept()) {
              assertThat(accepted.getRemoteAddress()).isEqualTo(client.getLocalSocketAddress());
              assertThat(steering.number("port")).isEqualTo(20051);
            }
            try (Socket client = new Socket(loopback, 20062);
                SocketChannel accepted = two.accept()) {
              assertThat(accepted.getRemoteAddress()).isEqualTo(client.getLocalSocketAddress());
            }
            assertThatThrownBy(() -> new Socket(loopback, 20064).close())
                .isInstanceOf(ConnectException.class);
            assertThat(steering.number("found")).isEqualTo(2);
            assertThat(steering.number("asked")).isEqualTo(3);
          }
        });
  }

  private static void put(LiveCase live, String map, int key, NetworkChannel socket) {
    live.map(map).assign(MemorySegment.ofArray(new int[] {key}), new MapObject.OfSocket(socket));
  }

  @Test
  @Fires(ProgramKind.TC)
  @Shares(MapKind.SK_STORAGE)
  void socketsOfPacketsAreFound() throws Exception {
    OwnNetwork.run(
        () -> {
          try (LiveCase steering = LiveCase.load("sockets/steering");
              DatagramChannel receiver = receiver(20071)) {
            steering.attach("look", new Hook.Tc("lo", Direction.INGRESS));
            send(20071, "for somebody");
            assertThat(receive(receiver)).isEqualTo("for somebody");
            send(20072, "for nobody");
            assertThat(steering.number("found")).isOne();
            assertThat(steering.number("port")).isEqualTo(20071);
            assertThat(steering.number("result")).isEqualTo(17);
            MemorySegment lookups = MemorySegment.ofArray(new long[1]);
            LoadedMap storage = steering.map("lookups");
            assertThat(
                    storage.<Boolean>withOwner(
                        new MapObject.OfSocket(receiver), key -> storage.lookup(key, lookups)))
                .isTrue();
            assertThat(lookups.get(ValueLayout.JAVA_LONG, 0)).isOne();
            assertThat(steering.number("asked")).isGreaterThanOrEqualTo(2);
          }
        });
  }

  @Test
  void namespaceThatIsNotThere() throws Exception {
    try (LiveCase lookup = LiveCase.load("network/socket-lookup")) {
      Path missing = Path.of("/run/netns/bpf4j-missing");
      assertThatThrownBy(
              () -> lookup.attach("refuse", new Hook.Namespace(missing, ProgramFamily.SK_LOOKUP)))
          .isInstanceOf(NoSuchTargetException.class)
          .hasMessageContaining("bpf4j-missing");
    }
  }

  @Test
  void oneDissectorForANamespace() throws Exception {
    OwnNetwork.run(
        () -> {
          try (LiveCase flows = LiveCase.load("network/flows")) {
            Hook hook = new Hook.Namespace(OWN, ProgramFamily.FLOW_DISSECTOR);
            Link link = flows.attach("dissect", hook);
            assertThatThrownBy(() -> flows.attach("dissect", hook)).hasMessageContaining("E");
            link.close();
            flows.attach("dissect", hook);
          }
        });
  }

  /// The kernel dissects what a packet socket sends, to find its transport header.
  @Test
  @Fires(ProgramKind.FLOW_DISSECTOR)
  void dissectorSeesWhatPacketSocketsSend() throws Exception {
    OwnNetwork.run(
        () -> {
          try (LiveCase flows = LiveCase.load("network/flows")) {
            flows.attach("dissect", new Hook.Namespace(OWN, ProgramFamily.FLOW_DISSECTOR));
            String frame =
                "02000000000202000000000108004500001c00004000401126cf"
                    + "0a0000010a0000020005a1b20008eb86";
            String script =
                """
                import socket
                s = socket.socket(socket.AF_PACKET, socket.SOCK_RAW)
                s.bind(("lo", 0))
                s.send(bytes.fromhex("%s"))
                """
                    .formatted(frame);
            Shell.must("python3", "-c", script);
            assertThat(flows.number("found")).isEqualTo(0xa1b2);
          }
        });
  }

  @Test
  @Fires(ProgramKind.NETFILTER)
  void netfilterDropsTheSecondPacket() throws Exception {
    OwnNetwork.run(
        () -> {
          try (LiveCase filter = LiveCase.load("network/netfilter");
              LiveCase state = LiveCase.load("network/netfilter-state");
              DatagramChannel receiver = receiver(20011)) {
            state.attach("look", new Hook.Netfilter(false, NetfilterPoint.LOCAL_IN, 10));
            filter.attach("some", new Hook.Netfilter(false, NetfilterPoint.LOCAL_IN, 100));
            send(20011, "first");
            send(20011, "second");
            assertThat(receive(receiver)).isEqualTo("first");
            assertThat(filter.number("seen")).isEqualTo(2);
            assertThat(state.number("hook")).isEqualTo(NetfilterPoint.LOCAL_IN.ordinal());
            assertThat(state.number("family")).isEqualTo(2);
            assertThat(state.number("bytes")).isEqualTo(28 + "second".length());
          }
        });
  }

  @Test
  @Fires({ProgramKind.LWT_OUT, ProgramKind.LWT_XMIT})
  void routesRunTheirPrograms() throws Exception {
    OwnNetwork.run(
        () -> {
          Shell.must("ip", "addr", "add", "10.124.0.1/32", "dev", "lo");
          Shell.must("ip", "link", "add", "d0", "type", "veth", "peer", "d1");
          Shell.must("ip", "link", "set", "d0", "up");
          Shell.must("ip", "link", "set", "d1", "up");
          try (LiveCase routes = LiveCase.load("network/routes")) {
            Link out = routes.attach("out", new Hook.Route("10.125.1.0/24", "d0"));
            routes.attach("transmit", new Hook.Route("10.125.2.0/24", "d0"));
            assertThat(Shell.must("ip", "route")).contains("encap bpf").contains("10.125.2.0/24");
            Shell.must("bash", "-c", "echo x > /dev/udp/10.125.1.7/9");
            Shell.must("bash", "-c", "echo x > /dev/udp/10.125.2.7/9");
            assertThat(routes.number("left")).isPositive();
            assertThat(routes.number("transmitted")).isPositive();
            out.close();
            assertThat(Shell.must("ip", "route")).doesNotContain("10.125.1.0/24");
          }
          assertThat(Shell.must("ip", "route")).doesNotContain("encap");
        });
  }

  @Test
  @Fires(ProgramKind.LWT_SEG6LOCAL)
  void packetsAtASegment() throws Exception {
    OwnNetwork.run(
        () -> {
          Shell.must("ip", "link", "add", "s0", "type", "veth", "peer", "s1");
          Shell.must("ip", "link", "set", "s0", "address", "02:00:00:00:00:01", "up");
          Shell.must("ip", "link", "set", "s1", "up");
          Shell.must("sysctl", "-q", "-w", "net.ipv6.conf.all.forwarding=1");
          try (LiveCase segments = LiveCase.load("network/segments")) {
            Link link = segments.attach("end", new Hook.Route("2001:db8::1/128", "s0"));
            assertThat(Shell.must("ip", "-6", "route")).contains("End.BPF");
            String script =
                """
                import socket, time
                s = socket.socket(socket.AF_PACKET, socket.SOCK_RAW)
                s.bind(("s1", 0))
                s.send(bytes.fromhex("%s"))
                time.sleep(0.2)
                """
                    .formatted(SEGMENT);
            Shell.must("python3", "-c", script);
            assertThat(segments.number("left")).as("segments behind the next one").isZero();
            assertThat(segments.number("last")).isEqualTo(2);
            link.close();
            segments.attach("tag", new Hook.Route("2001:db8::1/128", "s0"));
            Shell.must("python3", "-c", script);
            assertThat(segments.number("seen")).isEqualTo(2);
            assertThat(segments.number("stored")).isZero();
          }
        });
  }

  @Test
  @Fires(ProgramKind.LWT_IN)
  void arrivingPacketsOfARoute() throws Exception {
    OwnNetwork.run(
        () -> {
          String near = "bpf4j-hooks-" + ProcessHandle.current().pid();
          Shell.must("ip", "netns", "add", near);
          try (LiveCase routes = LiveCase.load("network/routes")) {
            Shell.must("ip", "link", "add", "v0", "type", "veth", "peer", "v1", "netns", near);
            Shell.must("ip", "addr", "add", "10.126.0.1/24", "dev", "v0");
            Shell.must("ip", "link", "set", "v0", "up");
            Shell.must("ip", "-n", near, "addr", "add", "10.126.0.2/24", "dev", "v1");
            Shell.must("ip", "-n", near, "link", "set", "v1", "up");
            Shell.must("ip", "-n", near, "route", "add", "default", "via", "10.126.0.1");
            Shell.must("ip", "link", "add", "d0", "type", "veth", "peer", "d1");
            Shell.must("ip", "link", "set", "d0", "up");
            Shell.must("ip", "link", "set", "d1", "up");
            Shell.must("sysctl", "-q", "-w", "net.ipv4.ip_forward=1");
            routes.attach("in", new Hook.Route("10.126.1.0/24", "d0"));
            Shell.must("ip", "netns", "exec", near, "bash", "-c", "echo x > /dev/udp/10.126.1.7/9");
            for (int i = 0; i < 100 && routes.number("arrived") == 0; i++) {
              Thread.sleep(20);
            }
            assertThat(routes.number("arrived")).isEqualTo(30);
          } finally {
            Shell.must("ip", "netns", "del", near);
          }
        });
  }

  @Test
  @Fires(ProgramKind.SK_REUSEPORT)
  void datagramsOfASharedPort() throws Exception {
    OwnNetwork.run(
        () -> {
          SocketHooksTest.Opened first = SocketHooksTest.Opened.open(20021);
          try (LiveCase reuse = LiveCase.load("network/port-reuse");
              DatagramChannel one = first.channel()) {
            Link link =
                reuse.attach(
                    "choose", new Hook.Socket(first.descriptor(), ProgramFamily.SK_REUSEPORT));
            send(20021, "drop this");
            send(20021, "keep this");
            assertThat(receive(one)).isEqualTo("keep this");
            assertThat(reuse.number("port")).isEqualTo(20021);
            link.close();
            send(20021, "drop no more");
            assertThat(receive(one)).isEqualTo("drop no more");
          }
        });
  }
}
