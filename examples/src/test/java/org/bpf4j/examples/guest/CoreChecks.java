package org.bpf4j.examples.guest;

import static org.bpf4j.examples.guest.Check.expect;

import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import java.net.SocketException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;
import org.bpf4j.examples.Command;
import org.bpf4j.examples.maps.CoreSet;
import org.bpf4j.examples.maps.CoreSetBpf;
import org.bpf4j.examples.maps.MapTypes;
import org.bpf4j.examples.maps.MapTypesBpf;
import org.bpf4j.examples.maps.SharedMapsBpf;
import org.bpf4j.examples.network.PortsBpf;
import org.bpf4j.handle.MapHandle;
import org.bpf4j.handle.MappedArray;
import org.bpf4j.lang.XdpAction;
import org.bpf4j.lang.net.Ipv4Prefix;
import org.bpf4j.object.MapKind;
import org.bpf4j.object.ProgramKind;

/// What every kernel has, by the typed interface: maps in all ways to read and write them, both
/// streams, both packet hooks.
final class CoreChecks {

  static final List<Check> ALL =
      List.of(
          new Check("packets in xdp, a ring and maps", CoreChecks::xdp)
              .fires(ProgramKind.XDP)
              .shares(
                  MapKind.HASH,
                  MapKind.LRU_HASH,
                  MapKind.ARRAY,
                  MapKind.PERCPU_ARRAY,
                  MapKind.PERCPU_HASH,
                  MapKind.RINGBUF),
          new Check("packets in tc and a perf buffer", CoreChecks::tc)
              .fires(ProgramKind.TC)
              .shares(MapKind.PERF_EVENT_ARRAY),
          new Check("all ways to find something in a map", CoreChecks::others)
              .shares(
                  MapKind.PROG_ARRAY,
                  MapKind.LPM_TRIE,
                  MapKind.QUEUE,
                  MapKind.STACK,
                  MapKind.HASH_OF_MAPS,
                  MapKind.ARRAY_OF_MAPS,
                  MapKind.DEVMAP,
                  MapKind.DEVMAP_HASH,
                  MapKind.CPUMAP),
          new Check("a port is refused to a group", CoreChecks::ports)
              .fires(ProgramKind.CGROUP_BIND4),
          new Check("many entries at once, and all in turn", CoreChecks::batches),
          new Check("an array in memory", CoreChecks::mapped),
          new Check("a map that is pinned and opened again", CoreChecks::pinned));

  private static final int MANY = 700;

  private CoreChecks() {}

  private static void send() throws Exception {
    Command.run(
        "bash",
        "-c",
        "ip link set lo up && for i in 1 2 3; do echo x > /dev/udp/127.0.0.1/9; done");
  }

  private static String xdp() throws Exception {
    try (var bpf = CoreSetBpf.load()) {
      bpf.early().attach("lo");
      send();
      List<Integer> lengths = new ArrayList<>();
      while (bpf.ring().poll(Duration.ofSeconds(5), seen -> lengths.add(seen.length)) > 0
          && lengths.size() < 3) {
        Thread.onSpinWait();
      }
      expect(44, lengths.getFirst(), "length of a packet");
      long packets = bpf.slots().get(0);
      if (packets < 3) {
        throw new IllegalStateException(packets + " packets");
      }
      expect(packets, bpf.table().getOrThrow(0), "count in a hash map");
      expect(packets, bpf.recent().getOrThrow(0), "count in an LRU map");
      expect(packets, bpf.perCpu().sum(0, Number::longValue), "counts of CPUs");
      expect(packets, bpf.perCpuTable().sum(0, Long::longValue), "counts of CPUs in a hash map");
      expect(0, bpf.ring().lost(), "lost records");
      return packets + " packets";
    }
  }

  private static String tc() throws Exception {
    try (var bpf = CoreSetBpf.load()) {
      bpf.perf().consume(_ -> {});
      var link = bpf.later().attachIngress("lo");
      send();
      List<CoreSet.Seen> seen = new ArrayList<>();
      bpf.perf().poll(Duration.ofSeconds(5), seen::add);
      expect(44, seen.getFirst().length, "length of a packet");
      expect(1, seen.getFirst().hook, "hook");
      if (bpf.slots().get(1) < 3) {
        throw new IllegalStateException(bpf.slots().get(1) + " packets");
      }
      return bpf.slots().get(1) + " packets, by " + (link.diesWithProcess() ? "link" : "filter");
    }
  }

  private static String others() {
    byte[] frame = new byte[64];
    frame[12] = 8;
    frame[14] = 0x45;
    frame[30] = 10;
    try (var bpf = MapTypesBpf.load()) {
      does(XdpAction.PASS, bpf.callStage().run(frame).action());
      bpf.stages().put(MapTypes.Stage.DENY, bpf.deny());
      does(XdpAction.DROP, bpf.callStage().run(frame).action());
      bpf.routes().put(Ipv4Prefix.parse("10.0.0.0/8"), 8);
      bpf.route().run(frame);
      expect(8, bpf.answer(), "the longest prefix");
      bpf.queue().push(21);
      bpf.move().run(frame);
      expect(42, Objects.requireNonNull(bpf.stack().pop()), "what was moved");
      bpf.tables().create(7).put(1, 40L);
      bpf.arrays().create(1).put(1, 2L);
      bpf.lookUp().run(frame);
      expect(42, bpf.answer(), "sum of inner maps");
      bpf.ports().put(2, 1);
      bpf.interfaces().put(99, 1);
      bpf.cpus().put(0, 16);
      does(XdpAction.REDIRECT, bpf.toPort().run(frame).action());
      does(XdpAction.REDIRECT, bpf.toInterface().run(frame).action());
      does(XdpAction.REDIRECT, bpf.toCpu().run(frame).action());
      return "9 types of maps";
    }
  }

  private static void does(XdpAction wanted, XdpAction found) {
    if (wanted != found) {
      throw new IllegalStateException("expected " + wanted + ", found " + found);
    }
  }

  private static String ports() throws Exception {
    Path root = Check.groups();
    Path group = Files.createTempDirectory(root, "bpf4j-test-");
    try (var bpf = PortsBpf.load()) {
      bpf.bind().attach(group);
      Files.writeString(group.resolve("cgroup.procs"), Long.toString(Check.process()));
      expect(1, mayBind(20090) ? 1 : 0, "another port");
      expect(0, mayBind(20091) ? 1 : 0, "the port");
      expect(2, bpf.asked(), "ports asked for");
    } finally {
      Files.writeString(root.resolve("cgroup.procs"), Long.toString(Check.process()));
      Files.delete(group);
    }
    return "1 port refused";
  }

  private static boolean mayBind(int port) {
    try (DatagramSocket socket = new DatagramSocket(new InetSocketAddress("127.0.0.1", port))) {
      return socket.isBound();
    } catch (SocketException denied) {
      return false;
    }
  }

  private static String batches() {
    try (var bpf = CoreSetBpf.load()) {
      many(bpf.table());
      many(bpf.recent());
      return "twice " + MANY + " entries";
    }
  }

  private static void many(MapHandle<Integer, Long> map) {
    Map<Integer, Long> entries = new HashMap<>();
    IntStream.range(0, MANY).forEach(i -> entries.put(i, 3L * i));
    map.putAll(entries);
    Map<Integer, Long> found = new HashMap<>();
    expect(1, map.forEach(found::put) ? 1 : 0, "whether all were seen");
    expect(1, found.equals(entries) ? 1 : 0, "whether they are the same");
    expect(MANY / 2, map.removeAll(IntStream.range(0, MANY / 2).boxed().toList()), "removed");
    found.clear();
    map.drain(found::put);
    expect(MANY - MANY / 2, found.size(), "drained");
    map.forEach((_, _) -> expect(0, 1, "entries left"));
  }

  private static String mapped() {
    try (var bpf = CoreSetBpf.load()) {
      MappedArray slots = MappedArray.of(bpf.slots().loaded());
      slots.setLong(0, 0, 41);
      bpf.early().run(new byte[64]);
      expect(42, slots.getLong(0, 0), "count in memory");
      expect(42, slots.addLong(0, 0, 2), "count before");
      expect(44, bpf.slots().get(0), "count in the map");
      return "counted to 44";
    }
  }

  private static String pinned() throws Exception {
    Path pin = Path.of("/sys/fs/bpf/bpf4j_test_kept");
    Files.deleteIfExists(pin);
    try {
      for (int i = 0; i < 2; i++) {
        try (var bpf = SharedMapsBpf.load()) {
          bpf.count().run(new byte[64]);
        }
      }
      try (var bpf = SharedMapsBpf.load()) {
        expect(2, bpf.bpf4j_test_kept().get(1), "runs of programs that are gone");
      }
    } finally {
      Files.deleteIfExists(pin);
    }
    return "2 runs of programs that are gone";
  }
}
