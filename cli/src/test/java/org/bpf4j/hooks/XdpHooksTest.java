package org.bpf4j.hooks;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.foreign.MemorySegment;
import java.util.HexFormat;
import java.util.function.BooleanSupplier;
import org.bpf4j.handle.Hook;
import org.bpf4j.handle.Hook.Direction;
import org.bpf4j.handle.Hook.XdpMode;
import org.bpf4j.handle.Link;
import org.bpf4j.handle.MapObject;
import org.bpf4j.object.MapKind;
import org.bpf4j.object.ProgramKind;
import org.junit.jupiter.api.Test;

/// Frames that XDP programs hand on: to another interface, another CPU and a socket.
class XdpHooksTest {

  /// A frame of a protocol for experiments.
  private static final String FRAME = "02000000000202000000000188b5" + "11".repeat(32);

  private static final int QUEUE_LENGTH = 192;
  private static final int FIRST_PORT = 1;
  private static final int FIRST_INTERFACE = 4711;

  private static void pair(String near, String far) throws Exception {
    Shell.must("ip", "link", "add", near, "type", "veth", "peer", far);
    Shell.must("ip", "link", "set", near, "up");
    Shell.must("ip", "link", "set", far, "up");
  }

  private static int index(String networkInterface) throws Exception {
    return Integer.parseInt(Shell.must("ip", "-o", "link", "show", networkInterface).split(":")[0]);
  }

  private static void send() throws Exception {
    String script =
        """
        import socket
        s = socket.socket(socket.AF_PACKET, socket.SOCK_RAW)
        s.bind(("v0", 0))
        s.send(bytes.fromhex("%s"))
        """
            .formatted(FRAME);
    Shell.must("python3", "-c", script);
  }

  private static void await(BooleanSupplier condition) throws InterruptedException {
    for (int i = 0; i < 250 && !condition.getAsBoolean(); i++) {
      Thread.sleep(20);
    }
    assertThat(condition.getAsBoolean()).isTrue();
  }

  private static void put(LiveCase live, String map, int key, int target, String program) {
    live.map(map)
        .assign(
            MemorySegment.ofArray(new int[] {key}),
            new MapObject.OfTarget(target, live.object().program(program)));
  }

  @Test
  @Fires({ProgramKind.XDP, ProgramKind.XDP_DEVMAP})
  @Shares({MapKind.DEVMAP, MapKind.DEVMAP_HASH})
  void toAnotherInterface() throws Exception {
    OwnNetwork.run(
        () -> {
          pair("v0", "v1");
          pair("w0", "w1");
          try (LiveCase live = LiveCase.load("xdp/handed-on")) {
            put(live, "ports", FIRST_PORT, index("w0"), "leave");
            put(live, "interfaces", FIRST_INTERFACE, index("w0"), "leave");
            live.attach("choose", new Hook.Xdp("v1", XdpMode.NATIVE));
            live.attach("end", new Hook.Xdp("w1", XdpMode.NATIVE));
            send();
            await(() -> live.number("arrived") == 1);
            live.set("way", 1);
            send();
            await(() -> live.number("arrived") == 2);
            assertThat(live.number("leaving")).isEqualTo(2);
            assertThat(live.number("seen")).isEqualTo(2);
          }
        });
  }

  @Test
  @Fires({ProgramKind.XDP, ProgramKind.TC})
  void metadataGoWithTheFrame() throws Exception {
    OwnNetwork.run(
        () -> {
          pair("v0", "v1");
          try (LiveCase live = LiveCase.load("xdp/metadata")) {
            live.attach("read", new Hook.Tc("v1", Direction.INGRESS));
            Link link = live.attach("mark", new Hook.Xdp("v1", XdpMode.GENERIC));
            send();
            await(() -> live.number("seen") > 41);
            link.close();
            long unmarked = live.number("unmarked");
            send();
            await(() -> live.number("unmarked") > unmarked);
            live.attach("mark", new Hook.Xdp("v1", XdpMode.NATIVE));
            long seen = live.number("seen");
            send();
            await(() -> live.number("seen") > seen);
            assertThat(live.number("longer")).isZero();
          }
        });
  }

  @Test
  @Fires(ProgramKind.XDP_CPUMAP)
  @Shares(MapKind.CPUMAP)
  void toAnotherCpu() throws Exception {
    OwnNetwork.run(
        () -> {
          pair("v0", "v1");
          try (LiveCase live = LiveCase.load("xdp/handed-on")) {
            put(live, "cpus", 0, QUEUE_LENGTH, "receive");
            live.set("way", 2);
            live.attach("choose", new Hook.Xdp("v1", XdpMode.NATIVE));
            send();
            await(() -> live.number("elsewhere") == 1);
          }
        });
  }

  @Test
  @Fires(ProgramKind.XDP)
  @Shares(MapKind.XSKMAP)
  void toASocket() throws Exception {
    OwnNetwork.run(
        () -> {
          pair("v0", "v1");
          try (LiveCase live = LiveCase.load("xdp/handed-on");
              XdpSocket socket = XdpSocket.open(index("v1"))) {
            live.map("sockets")
                .assign(
                    MemorySegment.ofArray(new int[] {0}),
                    new MapObject.OfDescriptor(socket.descriptor()));
            live.set("way", 3);
            live.attach("choose", new Hook.Xdp("v1", XdpMode.NATIVE));
            send();
            await(() -> socket.first().isPresent());
            assertThat(HexFormat.of().formatHex(socket.first().orElseThrow())).isEqualTo(FRAME);
          }
        });
  }
}
