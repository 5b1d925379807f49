import org.bpf4j.lang.Bpf;
import org.bpf4j.lang.BpfHashMap;
import org.bpf4j.lang.BpfTimer;
import org.bpf4j.lang.Config;
import org.bpf4j.lang.Struct;
import org.bpf4j.lang.Xdp;
import org.bpf4j.lang.XdpAction;
import org.bpf4j.lang.XdpContext;
import org.bpf4j.lang.net.Ethernet;
import org.bpf4j.lang.net.IpProtocol;
import org.bpf4j.lang.net.Ipv4;
import org.bpf4j.lang.net.Tcp;

@Bpf(license = "GPL", minKernel = "5.15")
public final class PortKnocking {
  enum State {
    CLOSED,
    FIRST,
    SECOND,
    OPEN
  }

  static final int[] SEQUENCE = {7_000, 8_000, 9_000};
  static final long PATIENCE = 5_000_000_000L, DOOR = 30_000_000_000L;

  @Struct
  static final class Visitor {
    State state;
    int mistakes;
    final BpfTimer expiry = new BpfTimer();
  }

  static final BpfHashMap<Integer, Visitor> visitors = BpfHashMap.create(4_096);
  @Config static int guarded = 22;
  static int forgotten;

  static State next(State state) {
    return switch (state) {
      case CLOSED -> State.FIRST;
      case FIRST -> State.SECOND;
      case SECOND, OPEN -> State.OPEN;
    };
  }

  @Xdp
  static XdpAction door(XdpContext ctx) {
    Ipv4 ip = ctx.header(Ipv4.class, Ethernet.BYTES);
    if (ip == null || ip.protocol() != IpProtocol.TCP) return XdpAction.PASS;
    Tcp tcp = ctx.header(Tcp.class, Ethernet.BYTES + ip.headerBytes());
    if (tcp == null) return XdpAction.DROP;
    if (!tcp.has(Tcp.SYN) || tcp.has(Tcp.ACK)) return XdpAction.PASS;
    int port = tcp.destinationPort();
    int source = ip.source();
    Visitor v = visitors.get(source);
    if (port == guarded)
      return v != null && v.state == State.OPEN ? XdpAction.PASS : XdpAction.DROP;
    boolean isKnock = false;
    for (int p : SEQUENCE) if (p == port) isKnock = true;
    if (!isKnock) return XdpAction.PASS;
    if (v == null) {
      if (port != SEQUENCE[0]) return XdpAction.DROP;
      Visitor fresh = new Visitor();
      fresh.state = State.FIRST;
      visitors.put(source, fresh);
      v = visitors.get(source);
      if (v == null) return XdpAction.DROP;
      v.expiry.start(
          visitors,
          PATIENCE,
          (key, gone) -> {
            visitors.remove(key);
            forgotten++;
          });
      return XdpAction.DROP;
    }
    if (v.state == State.OPEN) return XdpAction.DROP;
    if (SEQUENCE[v.state.ordinal()] == port) {
      v.state = next(v.state);
      v.expiry.restart(v.state == State.OPEN ? DOOR : PATIENCE);
    } else if (++v.mistakes >= 3) {
      v.expiry.cancel();
      visitors.remove(source);
    } else {
      v.state = State.CLOSED;
      if (port == SEQUENCE[0]) v.state = State.FIRST;
    }
    return XdpAction.DROP;
  }
}
