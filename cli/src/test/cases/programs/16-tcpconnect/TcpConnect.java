import org.bpf4j.lang.Be16;
import org.bpf4j.lang.Be32;
import org.bpf4j.lang.Bpf;
import org.bpf4j.lang.BpfHashMap;
import org.bpf4j.lang.BpfString;
import org.bpf4j.lang.Config;
import org.bpf4j.lang.Field;
import org.bpf4j.lang.Helpers;
import org.bpf4j.lang.KernelStruct;
import org.bpf4j.lang.Kprobe;
import org.bpf4j.lang.Kretprobe;
import org.bpf4j.lang.RingBuffer;
import org.bpf4j.lang.Struct;
import org.bpf4j.lang.U16;
import org.bpf4j.lang.net.Ipv6Address;

/// Logs who opens TCP connections to where, by IPv4 and IPv6.
@Bpf(license = "GPL")
public final class TcpConnect {

  @KernelStruct
  interface Sock {
    @Field("__sk_common.skc_rcv_saddr")
    @Be32
    int source();

    @Field("__sk_common.skc_daddr")
    @Be32
    int destination();

    @Field("__sk_common.skc_v6_rcv_saddr")
    Ipv6Address source6();

    @Field("__sk_common.skc_v6_daddr")
    Ipv6Address destination6();

    @Field("__sk_common.skc_num")
    @U16
    int sourcePort();

    @Field("__sk_common.skc_dport")
    @Be16
    int destinationPort();
  }

  /// A connection; addresses of IPv4 as those that IPv6 maps them to.
  @Struct
  static final class Event {
    Ipv6Address source;
    Ipv6Address destination;
    long timeUs;
    int process;
    int user;
    @U16 int sourcePort;
    @U16 int destinationPort;
    final BpfString name = BpfString.ofSize(16);
  }

  static final BpfHashMap<Integer, Sock> connecting = BpfHashMap.create(8_192);
  static final RingBuffer<Event> events = RingBuffer.ofBytes(1 << 18);

  @Config static int onlyProcess = 0;
  @Config static int onlyUser = -1;
  @Config static int onlyPort = 0;

  @Kprobe("tcp_v4_connect")
  static void onConnect4(Sock socket) {
    begin(socket);
  }

  @Kprobe("tcp_v6_connect")
  static void onConnect6(Sock socket) {
    begin(socket);
  }

  static void begin(Sock socket) {
    long id = Helpers.getCurrentPidTgid();
    if (onlyProcess != 0 && onlyProcess != (int) (id >>> 32)) return;
    if (onlyUser >= 0 && onlyUser != (int) Helpers.getCurrentUidGid()) return;
    connecting.put((int) id, socket);
  }

  @Kretprobe("tcp_v4_connect")
  static void onConnected4(int result) {
    Sock socket = finish(result);
    if (socket != null) {
      report(socket, mapped(socket.source()), mapped(socket.destination()));
    }
  }

  @Kretprobe("tcp_v6_connect")
  static void onConnected6(int result) {
    Sock socket = finish(result);
    if (socket != null) report(socket, socket.source6(), socket.destination6());
  }

  /// The socket that was connected, if it was.
  static Sock finish(int result) {
    int thread = (int) Helpers.getCurrentPidTgid();
    Sock socket = connecting.get(thread);
    connecting.remove(thread);
    return result == 0 ? socket : null;
  }

  static Ipv6Address mapped(int address) {
    return new Ipv6Address(0, 0xffff_0000_0000L | Integer.toUnsignedLong(address));
  }

  static void report(Sock socket, Ipv6Address source, Ipv6Address destination) {
    int port = socket.destinationPort();
    if (onlyPort != 0 && onlyPort != port) return;
    Event event = events.reserve();
    if (event == null) return;
    event.source = source;
    event.destination = destination;
    event.sourcePort = socket.sourcePort();
    event.destinationPort = port;
    event.timeUs = Helpers.ktimeGetNs() / 1_000;
    event.process = (int) (Helpers.getCurrentPidTgid() >>> 32);
    event.user = (int) Helpers.getCurrentUidGid();
    Helpers.getCurrentComm(event.name);
    events.submit(event);
  }
}
