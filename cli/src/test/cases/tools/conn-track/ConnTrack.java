import org.bpf4j.lang.Be16;
import org.bpf4j.lang.Be32;
import org.bpf4j.lang.Bpf;
import org.bpf4j.lang.BpfHashMap;
import org.bpf4j.lang.BpfTimer;
import org.bpf4j.lang.Struct;
import org.bpf4j.lang.Tc;
import org.bpf4j.lang.TcAction;
import org.bpf4j.lang.TcContext;
import org.bpf4j.lang.U8;
import org.bpf4j.lang.net.EtherType;
import org.bpf4j.lang.net.Ethernet;
import org.bpf4j.lang.net.IpProtocol;
import org.bpf4j.lang.net.Ipv4;
import org.bpf4j.lang.net.Tcp;
import org.bpf4j.lang.net.Udp;

/// Tracks connections with a timer for each, which takes out those that are idle.
@Bpf(license = "GPL")
public final class ConnTrack {
  enum State {
    NEW,
    OPEN,
    CLOSING
  }

  record Tuple(
      @Be32 int source,
      @Be32 int destination,
      @Be16 int sourcePort,
      @Be16 int destinationPort,
      @U8 int protocol) {
    Tuple reversed() {
      return new Tuple(destination, source, destinationPort, sourcePort, protocol);
    }
  }

  @Struct
  static final class Connection {
    final BpfTimer timer = new BpfTimer();
    State state;
    long packets;
    long bytes;
    long replies;
    long seen;
  }

  static final long IDLE = 300_000_000L;
  static final BpfHashMap<Tuple, Connection> connections = BpfHashMap.create(8192);
  static long expired;
  static long refused;

  private static void expire(Tuple tuple, Connection connection) {
    if (connection.packets == connection.seen) {
      connections.remove(tuple);
      expired++;
    } else {
      connection.seen = connection.packets;
      connection.timer.restart(IDLE);
    }
  }

  private static Connection open(Tuple tuple) {
    Connection fresh = new Connection();
    connections.putIfAbsent(tuple, fresh);
    Connection connection = connections.get(tuple);
    if (connection != null) {
      connection.timer.start(connections, IDLE, ConnTrack::expire);
    }
    return connection;
  }

  private static void update(Connection connection, TcContext ctx, boolean reply, Tcp tcp) {
    connection.packets++;
    connection.bytes += ctx.length();
    if (reply) {
      connection.replies++;
    }
    if (tcp == null) {
      return;
    }
    if (tcp.has(Tcp.FIN) || tcp.has(Tcp.RST)) {
      connection.state = State.CLOSING;
    } else if (reply && tcp.has(Tcp.ACK)) {
      connection.state = State.OPEN;
    }
  }

  private static TcAction track(TcContext ctx, boolean inward) {
    Ipv4 ip = ctx.header(Ipv4.class, Ethernet.BYTES);
    if (ctx.protocol() != EtherType.IPV4 || ip == null || ip.isLaterFragment()) {
      return TcAction.OK;
    }
    int at = Ethernet.BYTES + ip.headerBytes();
    Tcp tcp = null;
    Tuple tuple;
    switch (ip.protocol()) {
      case IpProtocol.TCP -> {
        tcp = ctx.header(Tcp.class, at);
        if (tcp == null) return TcAction.SHOT;
        tuple =
            new Tuple(
                ip.source(),
                ip.destination(),
                tcp.sourcePort(),
                tcp.destinationPort(),
                ip.protocol());
      }
      case IpProtocol.UDP -> {
        Udp udp = ctx.header(Udp.class, at);
        if (udp == null) return TcAction.SHOT;
        tuple =
            new Tuple(
                ip.source(),
                ip.destination(),
                udp.sourcePort(),
                udp.destinationPort(),
                ip.protocol());
      }
      default -> {
        return TcAction.OK;
      }
    }
    Connection connection = connections.get(inward ? tuple.reversed() : tuple);
    if (connection == null && inward) {
      refused++;
      return TcAction.SHOT;
    }
    if (connection == null) {
      connection = open(tuple);
    }
    if (connection == null) {
      return TcAction.SHOT;
    }
    update(connection, ctx, inward, tcp);
    return TcAction.OK;
  }

  @Tc
  static TcAction outward(TcContext ctx) {
    return track(ctx, false);
  }

  @Tc
  static TcAction inward(TcContext ctx) {
    return track(ctx, true);
  }
}
