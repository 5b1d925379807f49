package org.bpf4j.examples.firewall;

import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import org.bpf4j.kernel.Kernel;
import org.bpf4j.lang.Bpf;
import org.bpf4j.lang.BpfHashMap;
import org.bpf4j.lang.BpfLruPerCpuHashMap;
import org.bpf4j.lang.Config;
import org.bpf4j.lang.Helpers;
import org.bpf4j.lang.RingBuffer;
import org.bpf4j.lang.Struct;
import org.bpf4j.lang.Xdp;
import org.bpf4j.lang.XdpAction;
import org.bpf4j.lang.XdpContext;
import org.bpf4j.lang.net.EtherType;
import org.bpf4j.lang.net.Ethernet;
import org.bpf4j.lang.net.IpProtocol;
import org.bpf4j.lang.net.Ipv4;
import org.bpf4j.lang.net.Ipv4Address;
import org.bpf4j.lang.net.Udp;

/// Drops IPv4 packets whose source is blocked, before the kernel makes packets of them.
@Bpf(license = "GPL")
public final class Firewall {

  /// What a source has sent to a port, counted on each CPU.
  @Struct
  static final class Stats {
    long packets;
    long bytes;
  }

  /// Who sends to which UDP port; the port is 0 for other protocols.
  record Flow(int source, int port) {}

  /// A packet that was dropped.
  @Struct
  static final class Dropped {
    long timeNs;
    int source;
    int port;
    int bytes;
  }

  static final BpfLruPerCpuHashMap<Flow, Stats> stats = BpfLruPerCpuHashMap.create(65_536);
  static final BpfHashMap<Integer, Boolean> blocked = BpfHashMap.create(1_024);
  static final RingBuffer<Dropped> events = RingBuffer.ofBytes(1 << 18);

  /// Whether every IPv4 packet is dropped, whoever sent it.
  @Config static boolean dropAll = false;

  /// How many frames were seen. CPUs that count at the same time may lose some.
  static long seen;

  private Firewall() {}

  @Xdp
  static XdpAction filter(XdpContext ctx) {
    seen++;
    Ethernet eth = ctx.header(Ethernet.class, 0);
    if (eth == null || eth.etherType() != EtherType.IPV4) return XdpAction.PASS;
    Ipv4 ip = ctx.header(Ipv4.class, Ethernet.BYTES);
    if (ip == null) return XdpAction.PASS;

    int source = ip.source();
    int port = udpPort(ctx, ip);
    count(new Flow(source, port), ctx.length());
    if (!dropAll && !blocked.containsKey(source)) return XdpAction.PASS;

    Dropped event = events.reserve();
    if (event != null) {
      event.timeNs = Helpers.ktimeGetNs();
      event.source = source;
      event.port = port;
      event.bytes = ctx.length();
      events.submit(event);
    }
    return XdpAction.DROP;
  }

  /// The destination port of a UDP packet, or 0.
  static int udpPort(XdpContext ctx, Ipv4 ip) {
    if (ip.protocol() != IpProtocol.UDP || ip.isLaterFragment()) return 0;
    Udp udp = ctx.header(Udp.class, Ethernet.BYTES + ip.headerBytes());
    return udp == null ? 0 : udp.destinationPort();
  }

  static void count(Flow flow, int bytes) {
    Stats counted = stats.get(flow);
    if (counted == null) {
      Stats first = new Stats();
      first.packets = 1;
      first.bytes = bytes;
      stats.put(flow, first);
    } else {
      counted.packets++;
      counted.bytes += bytes;
    }
  }

  /// Filters an interface and prints what is dropped.
  ///
  /// @param args `--seconds N` to end after that time, else it goes on until it is stopped; the
  ///   interface; the addresses to block, without any of which everything is dropped
  public static void main(String[] args) throws InterruptedException {
    boolean limited = args.length > 2 && args[0].equals("--seconds");
    List<String> names = Arrays.asList(args).subList(limited ? 2 : 0, args.length);
    if (names.isEmpty()) {
      System.err.println("usage: Firewall [--seconds N] INTERFACE [ADDRESS...]");
      System.exit(2);
    }
    try (FirewallBpf firewall =
        FirewallBpf.configure().dropAll(names.size() == 1).load(Kernel.local())) {
      names.stream()
          .skip(1)
          .mapToInt(Ipv4Address::parse)
          .forEach(address -> firewall.blocked().put(address, true));
      firewall.filter().attach(names.getFirst());
      Instant end = limited ? Instant.now().plusSeconds(Long.parseLong(args[1])) : Instant.MAX;
      System.out.println("filtering " + names.getFirst());
      while (Instant.now().isBefore(end)) {
        firewall.events().poll(Duration.ofSeconds(1), event -> System.out.println(text(event)));
      }
      System.out.println("seen: " + firewall.seen());
    }
  }

  private static String text(Dropped event) {
    return "dropped %d bytes from %s to port %d"
        .formatted(event.bytes, Ipv4Address.toString(event.source), event.port);
  }
}
