import org.bpf4j.lang.Bpf;
import org.bpf4j.lang.BpfHashMap;
import org.bpf4j.lang.RingBuffer;
import org.bpf4j.lang.Struct;
import org.bpf4j.lang.Tc;
import org.bpf4j.lang.TcAction;
import org.bpf4j.lang.TcContext;
import org.bpf4j.lang.net.EtherType;
import org.bpf4j.lang.net.Ethernet;
import org.bpf4j.lang.net.Ipv4;

/// Blocks what is sent to some addresses, logs it, and marks the rest.
@Bpf(license = "GPL")
public final class EgressBlock {

  @Struct
  static final class Event {
    int destination;
    boolean blocked;
  }

  static final BpfHashMap<Integer, Boolean> blocked = BpfHashMap.create(1_024);
  static final RingBuffer<Event> events = RingBuffer.ofBytes(1 << 16);

  @Tc
  static TcAction onEgress(TcContext ctx) {
    if (ctx.protocol() != EtherType.IPV4) return TcAction.OK;
    Ipv4 ip = ctx.load(Ipv4.class, Ethernet.BYTES);
    if (ip == null) return TcAction.OK;

    int destination = ip.destination();
    boolean refused = blocked.containsKey(destination);
    Event event = events.reserve();
    if (event != null) {
      event.destination = destination;
      event.blocked = refused;
      events.submit(event);
    }
    if (refused) return TcAction.SHOT;
    ctx.mark(destination & 0xff);
    return TcAction.OK;
  }
}
