package org.bpf4j.examples.guard;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicLong;
import org.bpf4j.keep.Kept;
import org.bpf4j.lang.Bpf;
import org.bpf4j.lang.BpfArray;
import org.bpf4j.lang.BpfHashMap;
import org.bpf4j.lang.Tc;
import org.bpf4j.lang.TcAction;
import org.bpf4j.lang.TcContext;
import org.bpf4j.lang.Xdp;
import org.bpf4j.lang.XdpAction;
import org.bpf4j.lang.XdpContext;
import org.bpf4j.lang.net.EtherType;
import org.bpf4j.lang.net.Ethernet;
import org.bpf4j.lang.net.IpProtocol;
import org.bpf4j.lang.net.Ipv4;
import org.bpf4j.lang.net.Udp;

/// Drops UDP packets to closed ports, and counts what it drops and what comes through.
///
/// It stays attached when its process ends; started anew, also as another version, it takes the
/// place of the one that is there, between two packets, and goes on with its counters.
@Bpf(license = "GPL")
public final class Guard {

  static final BpfHashMap<Integer, Boolean> closed = BpfHashMap.create(1_024);
  static final BpfArray<AtomicLong> dropped = BpfArray.create(1);
  static final BpfArray<AtomicLong> passed = BpfArray.create(1);

  @Xdp
  static XdpAction filter(XdpContext ctx) {
    Ethernet eth = ctx.header(Ethernet.class, 0);
    if (eth == null || eth.etherType() != EtherType.IPV4) return XdpAction.PASS;
    Ipv4 ip = ctx.header(Ipv4.class, Ethernet.BYTES);
    if (ip == null || ip.protocol() != IpProtocol.UDP) return XdpAction.PASS;
    if (ip.isLaterFragment()) return XdpAction.DROP;
    Udp udp = ctx.header(Udp.class, Ethernet.BYTES + ip.headerBytes());
    if (udp == null || !closed.containsKey(udp.destinationPort())) return XdpAction.PASS;
    dropped.get(0).incrementAndGet();
    return XdpAction.DROP;
  }

  @Tc
  static TcAction count(TcContext ctx) {
    passed.get(0).incrementAndGet();
    return TcAction.OK;
  }

  /// Guards an interface.
  ///
  /// @param args a folder of a BPF file system, such as `/sys/fs/bpf/guard`, and `on INTERFACE
  ///   PORT...`, `show`, `back` to the version before, or `off`
  public static void main(String[] args) {
    if (args.length < 2) {
      System.err.println("usage: Guard FOLDER (on INTERFACE [PORT...] | show | back | off)");
      System.exit(2);
    }
    Path folder = Path.of(args[0]);
    switch (args[1]) {
      case "on" -> guard(folder, args[2], Arrays.copyOfRange(args, 3, args.length));
      case "show" -> show(folder);
      case "back" -> Kept.in(folder).rollBack();
      case "off" -> Kept.in(folder).remove();
      default -> throw new IllegalArgumentException(args[1]);
    }
  }

  private static void guard(Path folder, String networkInterface, String... ports) {
    try (GuardBpf guard = GuardBpf.configure().keepIn(folder).load()) {
      for (String port : ports) {
        guard.closed().put(Integer.parseInt(port), true);
      }
      guard.filter().attach(networkInterface);
      guard.count().attachIngress(networkInterface);
      Kept.in(folder).settle();
    }
  }

  private static void show(Path folder) {
    try (GuardBpf guard = GuardBpf.bind(folder)) {
      System.out.println("dropped " + guard.dropped().get(0) + ", passed " + guard.passed().get(0));
    }
  }
}
