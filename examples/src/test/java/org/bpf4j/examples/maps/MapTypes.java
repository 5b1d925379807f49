package org.bpf4j.examples.maps;

import org.bpf4j.lang.Bpf;
import org.bpf4j.lang.BpfArray;
import org.bpf4j.lang.BpfArrayOfMaps;
import org.bpf4j.lang.BpfHashMap;
import org.bpf4j.lang.BpfHashOfMaps;
import org.bpf4j.lang.BpfLpmTrie;
import org.bpf4j.lang.BpfQueue;
import org.bpf4j.lang.BpfStack;
import org.bpf4j.lang.CpuMap;
import org.bpf4j.lang.DevMap;
import org.bpf4j.lang.DevMapHash;
import org.bpf4j.lang.MapFlag;
import org.bpf4j.lang.MapFlags;
import org.bpf4j.lang.PerfEventArray;
import org.bpf4j.lang.ProgramArray;
import org.bpf4j.lang.Struct;
import org.bpf4j.lang.Xdp;
import org.bpf4j.lang.XdpAction;
import org.bpf4j.lang.XdpContext;
import org.bpf4j.lang.net.Ethernet;
import org.bpf4j.lang.net.Ipv4;
import org.bpf4j.lang.net.Ipv4Prefix;

/// Programs that do one thing with one type of map.
@Bpf(license = "GPL")
public final class MapTypes {

  /// What a program does with a frame.
  public enum Stage {
    DENY,
    ALLOW
  }

  /// A record for user space.
  @Struct
  public static final class Seen {
    int address;
    long number;
  }

  static final ProgramArray<Stage> stages = ProgramArray.create();
  static final BpfLpmTrie<Ipv4Prefix, Integer> routes = BpfLpmTrie.create(16);
  static final BpfQueue<Integer> queue = BpfQueue.create(4);
  static final BpfStack<Long> stack = BpfStack.create(4);
  static final PerfEventArray<Seen> events = PerfEventArray.create();
  static final BpfHashOfMaps<Integer, BpfHashMap<Integer, Long>> tables =
      BpfHashOfMaps.create(4, BpfHashMap.create(8));
  static final BpfArrayOfMaps<BpfArray<Long>> arrays = BpfArrayOfMaps.create(4, BpfArray.create(2));

  @MapFlags(inner = MapFlag.INNER_MAP)
  static final BpfArrayOfMaps<BpfArray<Long>> rows = BpfArrayOfMaps.create(2, BpfArray.create(2));

  static final DevMap ports = DevMap.create(4);
  static final DevMapHash interfaces = DevMapHash.create(4);
  static final CpuMap cpus = CpuMap.create(2);
  static long answer;

  private MapTypes() {}

  private static int destination(XdpContext ctx) {
    Ipv4 ip = ctx.header(Ipv4.class, Ethernet.BYTES);
    return ip == null ? 0 : ip.destination();
  }

  @Xdp
  static XdpAction callStage() {
    stages.call(Stage.DENY);
    return XdpAction.PASS;
  }

  @Xdp(stage = "ALLOW")
  static XdpAction allow() {
    return XdpAction.TX;
  }

  @Xdp
  static XdpAction deny() {
    return XdpAction.DROP;
  }

  @Xdp
  static XdpAction route(XdpContext ctx) {
    Integer route = routes.get(new Ipv4Prefix(32, destination(ctx)));
    answer = route == null ? -1 : route;
    return XdpAction.PASS;
  }

  @Xdp
  static XdpAction move() {
    Integer next = queue.pop();
    if (next != null) {
      stack.push(next * 2L);
    }
    return next == null ? XdpAction.DROP : XdpAction.PASS;
  }

  @Xdp
  static XdpAction report(XdpContext ctx) {
    Seen seen = new Seen();
    seen.address = destination(ctx);
    seen.number = ++answer;
    return events.output(seen) ? XdpAction.PASS : XdpAction.DROP;
  }

  @Xdp
  static XdpAction capture(XdpContext ctx) {
    Seen seen = new Seen();
    seen.address = 16;
    seen.number = 16;
    boolean complete = events.outputWithPacket(ctx, seen, 16) && events.outputFirst(seen, 4);
    return complete ? XdpAction.PASS : XdpAction.DROP;
  }

  @Xdp
  static XdpAction lookUp() {
    BpfHashMap<Integer, Long> table = tables.get(7);
    BpfArray<Long> array = arrays.get(1);
    if (table == null || array == null) {
      return XdpAction.DROP;
    }
    Long value = table.get(1);
    answer = (value == null ? 0 : value) + array.get(1);
    table.put(2, answer);
    return XdpAction.PASS;
  }

  @Xdp
  static XdpAction endOfRow() {
    BpfArray<Long> row = rows.get(1);
    if (row == null) {
      return XdpAction.PASS;
    }
    answer = row.get(9);
    return XdpAction.TX;
  }

  @Xdp
  static XdpAction toPort() {
    return ports.redirect(2, XdpAction.DROP);
  }

  @Xdp
  static XdpAction toInterface() {
    return interfaces.redirect(99, XdpAction.DROP);
  }

  @Xdp
  static XdpAction toCpu() {
    return cpus.redirect(0, XdpAction.DROP);
  }
}
