import org.bpf4j.lang.Bpf;
import org.bpf4j.lang.BpfHashMap;
import org.bpf4j.lang.BpfString;
import org.bpf4j.lang.Config;
import org.bpf4j.lang.Helpers;
import org.bpf4j.lang.RingBuffer;
import org.bpf4j.lang.Struct;
import org.bpf4j.lang.Tracepoint;
import org.bpf4j.lang.TracepointArgs;
import org.bpf4j.lang.U16;
import org.bpf4j.lang.net.IpProtocol;
import org.bpf4j.lang.net.Ipv6Address;

/// Logs the states that TCP connections go through, and how long they were in each.
@Bpf(license = "GPL")
public final class TcpStates {

  static final int CLOSE = 7; // TCP_CLOSE

  @TracepointArgs
  interface InetSockSetState {
    long skaddr();

    int oldstate();

    int newstate();

    @U16
    int sport();

    @U16
    int dport();

    @U16
    int family();

    @U16
    int protocol();

    Ipv6Address saddrV6();

    Ipv6Address daddrV6();
  }

  @Struct
  static final class Event {
    long socket;
    long inStateUs;
    int process;
    int from;
    int to;
    @U16 int family;
    @U16 int sourcePort;
    @U16 int destinationPort;
    Ipv6Address source;
    Ipv6Address destination;
    final BpfString name = BpfString.ofSize(16);
  }

  static final BpfHashMap<Long, Long> since = BpfHashMap.create(10_240);
  static final RingBuffer<Event> events = RingBuffer.ofBytes(1 << 18);

  @Config static int onlySourcePort = 0;
  @Config static int onlyFamily = 0;

  @Tracepoint("sock/inet_sock_set_state")
  static void onState(InetSockSetState change) {
    if (change.protocol() != IpProtocol.TCP) return;
    if (onlyFamily != 0 && onlyFamily != change.family()) return;
    if (onlySourcePort != 0 && onlySourcePort != change.sport()) return;

    long socket = change.skaddr();
    long now = Helpers.ktimeGetNs();
    Long before = since.get(socket);
    if (change.newstate() == CLOSE) {
      since.remove(socket);
    } else {
      since.put(socket, now);
    }

    Event event = events.reserve();
    if (event == null) return;
    event.socket = socket;
    event.inStateUs = before == null ? 0 : (now - before) / 1_000;
    event.process = (int) (Helpers.getCurrentPidTgid() >>> 32);
    event.from = change.oldstate();
    event.to = change.newstate();
    event.family = change.family();
    event.sourcePort = change.sport();
    event.destinationPort = change.dport();
    event.source = change.saddrV6();
    event.destination = change.daddrV6();
    Helpers.getCurrentComm(event.name);
    events.submit(event);
  }
}
