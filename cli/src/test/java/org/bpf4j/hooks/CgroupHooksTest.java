package org.bpf4j.hooks;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.concurrent.atomic.AtomicReference;
import org.bpf4j.handle.LoadedMap;
import org.bpf4j.object.MapKind;
import org.bpf4j.object.ProgramKind;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Programs on cgroups, by what processes in them notice.
class CgroupHooksTest {

  @AutoClose private TestCgroup cgroup;

  @BeforeEach
  void make() throws Exception {
    cgroup = TestCgroup.create();
  }

  @Test
  @Fires({ProgramKind.CGROUP_SKB_INGRESS, ProgramKind.CGROUP_SKB_EGRESS})
  void packetsAreCountedAndDropped() throws Exception {
    try (LiveCase packets = LiveCase.load("cgroup/packets");
        ServerSocket server = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
      packets.attach("receive", cgroup.packets());
      packets.attach("send", cgroup.packets());
      String connect = "exec 3<>/dev/tcp/127.0.0.1/" + server.getLocalPort();
      assertThat(cgroup.run(connect).status()).isZero();
      assertThat(packets.number("family")).isEqualTo(2);
      assertThat(packets.number("remote")).isEqualTo(0x7f000001);
    }
  }

  @Test
  @Fires(ProgramKind.CGROUP_SKB_EGRESS)
  @Shares({MapKind.CGROUP_STORAGE, MapKind.PERCPU_CGROUP_STORAGE})
  void valuesHangOnTheGroup() throws Exception {
    try (LiveCase storage = LiveCase.load("cgroup/local-storage");
        DatagramSocket server = new DatagramSocket(new InetSocketAddress("127.0.0.1", 0));
        Arena arena = Arena.ofConfined()) {
      storage.attach("count", cgroup.packets());
      String send = "echo x > /dev/udp/127.0.0.1/" + server.getLocalPort();
      TestResult.ok(cgroup.run(send + "; " + send + "; " + send));
      LoadedMap packets = storage.map("packets");
      MemorySegment value = arena.allocate(Long.BYTES);
      MemorySegment group = arena.allocateFrom(ValueLayout.JAVA_LONG, cgroup.number());
      assertThat(packets.lookup(group, value)).isTrue();
      assertThat(value.get(ValueLayout.JAVA_LONG, 0)).isBetween(1L, 3L);
      LoadedMap traffic = storage.map("traffic");
      MemorySegment perCpu = arena.allocate(traffic.valueBytes(), Long.BYTES);
      assertThat(traffic.lookup(group, perCpu)).isTrue();
      long bytes = 0;
      for (int cpu = 0; cpu < traffic.valuesPerKey(); cpu++) {
        bytes += perCpu.get(ValueLayout.JAVA_LONG, 2L * Long.BYTES * cpu + Long.BYTES);
      }
      assertThat(bytes).isPositive();
    }
  }

  @Test
  @Fires(ProgramKind.CGROUP_CONNECT4)
  void connectionsGoElsewhere() throws Exception {
    try (LiveCase addresses = LiveCase.load("cgroup/socket-addresses");
        ServerSocket server = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
      addresses.attach("connect4", cgroup.hook());
      int port = server.getLocalPort() - 8000;
      AtomicReference<String> peer = new AtomicReference<>("");
      Thread accept =
          Thread.ofPlatform()
              .start(
                  () -> {
                    try (Socket socket = server.accept()) {
                      peer.set(socket.getInetAddress().getHostAddress());
                    } catch (java.io.IOException e) {
                      peer.set(e.toString());
                    }
                  });
      TestResult.ok(cgroup.run("exec 3<>/dev/tcp/10.10.10.10/" + port));
      accept.join(10_000);
      assertThat(peer.get()).isEqualTo("127.0.0.1");
      TestResult.denied(cgroup.run("echo x > /dev/udp/127.0.0.1/53"));
    }
  }

  @Test
  @Fires({
    ProgramKind.CGROUP_SENDMSG4,
    ProgramKind.CGROUP_RECVMSG4,
    ProgramKind.CGROUP_GETPEERNAME4,
    ProgramKind.CGROUP_GETSOCKNAME6,
    ProgramKind.CGROUP_GETSOCKNAME4
  })
  void datagramsAndNamesAreChanged() throws Exception {
    try (LiveCase addresses = LiveCase.load("cgroup/socket-addresses");
        DatagramSocket server = new DatagramSocket(new InetSocketAddress("127.0.0.1", 0))) {
      for (String program : new String[] {"send4", "receive4", "peer4", "name6", "bind6"}) {
        addresses.attach(program, cgroup.hook());
      }
      for (String program : new String[] {"connect6", "send6", "receive6", "peer6", "name4"}) {
        addresses.attach(program, cgroup.hook());
      }
      String script =
          """
          import socket
          s = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
          s.connect(("127.0.0.1", %d))
          print(s.getpeername()[1])
          s6 = socket.socket(socket.AF_INET6, socket.SOCK_DGRAM)
          print(s6.getsockname()[1])
          a = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
          a.bind(("127.0.0.1", 0))
          port = a.getsockname()[1]
          b = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
          b.bind(("127.0.0.1", 0))
          b.sendto(b"x", a.getsockname())
          print(a.recvfrom(9)[1][0])
          b.connect(a.getsockname())
          b.send(b"x")
          print(a.recvfrom(9)[1][0])
          """
              .formatted(server.getLocalPort());
      TestResult.prints(
          cgroup.run("exec python3 -c '" + script + "'"), "1", "10", "127.0.0.2", "10.10.10.10");
    }
  }

  /// Connections go to the address behind the one asked for, and the peer's name has another port.
  @Test
  @Fires({
    ProgramKind.CGROUP_BIND6,
    ProgramKind.CGROUP_CONNECT6,
    ProgramKind.CGROUP_SENDMSG6,
    ProgramKind.CGROUP_RECVMSG6,
    ProgramKind.CGROUP_GETPEERNAME6
  })
  void addressesOfTheNewerProtocol() throws Exception {
    try (LiveCase addresses = LiveCase.load("cgroup/socket-addresses")) {
      for (String program : new String[] {"bind6", "connect6", "send6", "receive6", "peer6"}) {
        addresses.attach(program, cgroup.hook());
      }
      String script =
          """
          import socket
          a = socket.socket(socket.AF_INET6, socket.SOCK_DGRAM)
          a.bind(("::1", 20082))
          print(a.getsockname()[1])
          b = socket.socket(socket.AF_INET6, socket.SOCK_DGRAM)
          b.sendto(b"x", a.getsockname())
          print(a.recvfrom(9)[0].decode())
          c = socket.socket(socket.AF_INET6, socket.SOCK_DGRAM)
          c.connect(("::", 20082))
          print(c.getpeername()[:2])
          """;
      TestResult.prints(cgroup.run("exec python3 -c '" + script + "'"), "20082", "x", "('::1', 2)");
      assertThat(addresses.number("port")).isPositive();
    }
  }

  @Test
  @Fires(ProgramKind.CGROUP_BIND4)
  void portsAreRefused() throws Exception {
    try (LiveCase addresses = LiveCase.load("cgroup/socket-addresses")) {
      addresses.attach("bind4", cgroup.hook());
      String script =
          """
          import socket
          for port in (80, 81):
            try:
              socket.socket(socket.AF_INET, socket.SOCK_DGRAM).bind(("127.0.0.1", port))
              print("bound")
            except PermissionError:
              print("port refused")
          """;
      TestResult.prints(cgroup.run("exec python3 -c '" + script + "'"), "bound", "port refused");
    }
  }

  @Test
  @Fires({
    ProgramKind.CGROUP_SOCK_CREATE,
    ProgramKind.CGROUP_SOCK_RELEASE,
    ProgramKind.CGROUP_POST_BIND4,
    ProgramKind.CGROUP_POST_BIND6
  })
  void socketsAreMarkedAndRefused() throws Exception {
    try (LiveCase made = LiveCase.load("cgroup/made-sockets")) {
      for (String program : new String[] {"create", "release", "bound4", "bound6"}) {
        made.attach(program, cgroup.hook());
      }
      String script =
          """
          import socket
          s = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
          print(s.getsockopt(socket.SOL_SOCKET, 36))
          try:
            socket.socket(socket.AF_INET, socket.SOCK_RAW, 255)
          except PermissionError:
            print("raw refused")
          for family, port in ((socket.AF_INET, 20002), (socket.AF_INET, 20003), (socket.AF_INET6, 20004)):
            try:
              t = socket.socket(family, socket.SOCK_DGRAM)
              t.bind(("127.0.0.1" if family == socket.AF_INET else "::1", port))
              print("bound")
            except PermissionError:
              print("port refused")
          """;
      TestResult.prints(
          cgroup.run("exec python3 -c '" + script + "'"),
          Integer.toString(0x1234),
          "raw refused",
          "bound",
          "port refused",
          "bound");
      assertThat(made.number("address")).isEqualTo(0x7f000001);
      assertThat(made.number("open")).isZero();
    }
  }

  @Test
  @Fires({ProgramKind.CGROUP_GETSOCKOPT, ProgramKind.CGROUP_SETSOCKOPT})
  void optionsOfSocketsAreChanged() throws Exception {
    try (LiveCase options = LiveCase.load("cgroup/socket-options")) {
      options.attach("get", cgroup.hook());
      options.attach("set", cgroup.hook());
      String script =
          """
          import socket
          s = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
          s.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, 10000)
          print(s.getsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF))
          s.setsockopt(socket.SOL_SOCKET, 36, 5)
          print(s.getsockopt(socket.SOL_SOCKET, 36))
          """;
      TestResult.prints(cgroup.run("exec python3 -c '" + script + "'"), "10000", "0");
    }
  }

  @Test
  @Fires({ProgramKind.CGROUP_SYSCTL, ProgramKind.CGROUP_DEVICE})
  void settingsAndDevicesAreRefused() throws Exception {
    try (LiveCase access = LiveCase.load("cgroup/settings-and-devices")) {
      access.attach("setting", cgroup.hook());
      access.attach("device", cgroup.hook());
      TestResult.ok(cgroup.run("read x < /proc/sys/net/ipv4/ip_forward && [ -n \"$x\" ]"));
      TestResult.denied(
          cgroup.run("cat /proc/sys/kernel/domainname > /proc/sys/kernel/domainname"));
      TestResult.ok(cgroup.run("echo x > /dev/null"));
      TestResult.denied(cgroup.run("echo x > /dev/full"));
    }
  }

  @Test
  @Fires(ProgramKind.SOCK_OPS)
  void acceptedConnectionsGoIntoMaps() throws Exception {
    try (LiveCase maps = LiveCase.load("sockets/socket-maps")) {
      maps.attach("established", cgroup.hook());
      String script =
          """
          import socket
          server = socket.create_server(("127.0.0.1", 0))
          client = socket.create_connection(server.getsockname())
          accepted, _ = server.accept()
          client.send(b"fine")
          print(accepted.recv(9).decode())
          """;
      TestResult.prints(cgroup.run("exec python3 -c '" + script + "'"), "fine");
      assertThat(maps.number("put")).isEqualTo(2);
      assertThat(maps.number("again")).isZero();
    }
  }

  /// The setting belongs to a network namespace, which the command makes for itself. Some kernels
  /// of guests leave a value as it was written, whatever the program made of it: since 5.18, until
  /// `__cgroup_bpf_run_filter_sysctl` was mended in 2026.
  @Test
  @Fires(ProgramKind.CGROUP_SYSCTL)
  void settingsAreReadAndChanged() throws Exception {
    try (LiveCase settings = LiveCase.load("cgroup/setting-texts")) {
      settings.attach("setting", cgroup.hook());
      String script =
          """
          cd /proc/sys/net/ipv4
          echo 99 > ip_default_ttl
          cat ip_default_ttl
          echo 200 2>/dev/null > ip_default_ttl || echo refused
          echo 65 > ip_default_ttl
          cat ip_default_ttl
          """;
      Shell.Result result = cgroup.run("exec unshare -n bash -c '" + script + "'");
      boolean ignored = Boolean.getBoolean("bpf4j.made") && result.output().startsWith("99");
      TestResult.prints(result, ignored ? "99" : "77", "refused", "65");
      assertThat(settings.number("nameLength")).isEqualTo("net/ipv4/ip_default_ttl".length());
      assertThat(settings.number("valueLength")).isEqualTo("65\n".length());
      assertThat(settings.number("replaced")).isZero();
    }
  }

  @Test
  @Fires(ProgramKind.SOCK_OPS)
  void connectionsAreWatched() throws Exception {
    try (LiveCase connections = LiveCase.load("cgroup/connections");
        ServerSocket server = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
      connections.attach("watch", cgroup.hook());
      TestResult.ok(cgroup.run("exec 3<>/dev/tcp/127.0.0.1/" + server.getLocalPort()));
      assertThat(connections.number("remote")).isEqualTo(0x7f000001);
      assertThat(connections.number("port")).isEqualTo(server.getLocalPort());
      assertThat(connections.number("localPort")).isPositive();
    }
  }

  /// What a command was to do.
  private static final class TestResult {
    static void ok(Shell.Result result) {
      assertThat(result.status()).as(result.output()).isZero();
    }

    static void denied(Shell.Result result) {
      assertThat(result.status()).as(result.output()).isNotZero();
      assertThat(result.output()).contains("not permitted");
    }

    static void prints(Shell.Result result, String... lines) {
      ok(result);
      assertThat(result.output().lines()).containsExactly(lines);
    }
  }
}
