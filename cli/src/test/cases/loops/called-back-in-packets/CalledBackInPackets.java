import org.bpf4j.lang.Bpf;
import org.bpf4j.lang.BpfHashMap;
import org.bpf4j.lang.RingBuffer;
import org.bpf4j.lang.Struct;
import org.bpf4j.lang.Xdp;
import org.bpf4j.lang.XdpAction;
import org.bpf4j.lang.XdpContext;
import org.bpf4j.lang.net.Ethernet;

/// Loops over packets that the kernel calls back: views of the packet, values of maps and records
/// of rings in them, from before and behind them.
@Bpf(license = "GPL", minKernel = "5.17")
public final class CalledBackInPackets {

  @Struct
  static final class Seen {
    int count;
    int at;
  }

  static final BpfHashMap<Integer, Seen> seen = BpfHashMap.create(16);
  static final RingBuffer<Seen> events = RingBuffer.ofBytes(4096);
  static long sum;

  /// Elements of a type, a length and as many bytes, up to one of type 0.
  @Xdp
  static XdpAction elements(XdpContext ctx) {
    Ethernet eth = ctx.header(Ethernet.class, 0);
    if (eth == null) {
      return XdpAction.DROP;
    }
    Seen all = seen.get(0);
    if (all == null) {
      return XdpAction.PASS;
    }
    int at = Ethernet.BYTES;
    int elements = 0;
    while (true) {
      Ethernet here = ctx.header(Ethernet.class, at);
      if (here == null) {
        return XdpAction.ABORTED;
      }
      int type = here.etherType() >> 8;
      if (type == 0) {
        break;
      }
      at += (here.etherType() & 0xff) + 1;
      elements++;
      all.count++;
      eth.etherType(eth.etherType() + 1);
      if (elements > ctx.length()) {
        return XdpAction.DROP;
      }
    }
    all.at = at;
    sum = elements * 1000L + ctx.length();
    return eth.etherType() == 0x805 ? XdpAction.TX : XdpAction.PASS;
  }

  /// Finds an entry, and tells about it where it is found and behind the loop.
  @Xdp
  static XdpAction find(XdpContext ctx) {
    Ethernet eth = ctx.header(Ethernet.class, 0);
    if (eth == null) {
      return XdpAction.DROP;
    }
    int key = eth.etherType();
    while (key > 0) {
      Seen found = seen.get(key);
      if (found != null && found.at == 7) {
        found.count += 10;
        Seen event = events.reserve();
        if (event == null) {
          return XdpAction.ABORTED;
        }
        event.count = found.count;
        event.at = key;
        events.submit(event);
        if (found.count > 30) {
          found.at = 0;
          return XdpAction.TX;
        }
        break;
      }
      key -= 3;
    }
    eth.etherType(key);
    return key > 0 ? XdpAction.PASS : XdpAction.DROP;
  }

  /// A record of each round, and one that is given back where the program aborts.
  @Xdp
  static XdpAction records(XdpContext ctx) {
    int at = ctx.length();
    while (at > 0) {
      Seen event = events.reserve();
      if (event == null) {
        break;
      }
      event.at = 1000 / (at - 20);
      event.count = at;
      if (event.at == 100) {
        events.discard(event);
        return XdpAction.TX;
      }
      events.submit(event);
      at -= 15;
    }
    return XdpAction.PASS;
  }

  /// A record from before the loop, which a round fills and a way out of it hands over.
  @Xdp
  static XdpAction before(XdpContext ctx) {
    Seen event = events.reserve();
    if (event == null) {
      return XdpAction.ABORTED;
    }
    event.count = 0;
    for (int n = ctx.length(); ; n = n * 5 + 1) {
      event.count++;
      if (n % 1023 == 7) {
        event.at = n;
        events.submit(event);
        break;
      }
      if (1000 / (50 - event.count) == ctx.length()) {
        events.discard(event);
        return XdpAction.DROP;
      }
    }
    return XdpAction.TX;
  }
}
