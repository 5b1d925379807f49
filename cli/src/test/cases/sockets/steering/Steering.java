import java.util.concurrent.atomic.AtomicLong;
import org.bpf4j.lang.Bpf;
import org.bpf4j.lang.BpfSkStorage;
import org.bpf4j.lang.BpfSock;
import org.bpf4j.lang.Helpers;
import org.bpf4j.lang.SkLookup;
import org.bpf4j.lang.SkLookupContext;
import org.bpf4j.lang.SockHash;
import org.bpf4j.lang.SockMap;
import org.bpf4j.lang.SockTuple4;
import org.bpf4j.lang.SocketAction;
import org.bpf4j.lang.Tc;
import org.bpf4j.lang.TcAction;
import org.bpf4j.lang.TcContext;
import org.bpf4j.lang.net.EtherType;
import org.bpf4j.lang.net.Ethernet;
import org.bpf4j.lang.net.IpProtocol;
import org.bpf4j.lang.net.Ipv4;
import org.bpf4j.lang.net.Udp;

@Bpf(license = "GPL")
public final class Steering {

  static final SockMap servers = SockMap.create(2);
  static final SockHash<Integer> byPort = SockHash.create(4);
  static final BpfSkStorage<AtomicLong> lookups = BpfSkStorage.create();
  static int asked;
  static int found;
  static int port;
  static int result;

  @SkLookup
  static SocketAction steer(SkLookupContext context) {
    asked++;
    BpfSock server = servers.get(context.localPort() & 1);
    if (server == null) {
      server = byPort.get(context.localPort());
      if (server == null) {
        return SocketAction.PASS;
      }
    }
    found++;
    port = server.sourcePort();
    result = Helpers.skAssign(context, server, 0);
    Helpers.skRelease(server);
    return result == 0 ? SocketAction.PASS : SocketAction.DROP;
  }

  @Tc
  static TcAction look(TcContext context) {
    if (context.protocol() != EtherType.IPV4) {
      return TcAction.OK;
    }
    Ipv4 ip = context.header(Ipv4.class, Ethernet.BYTES);
    if (ip == null || ip.protocol() != IpProtocol.UDP) {
      return TcAction.OK;
    }
    Udp udp = context.header(Udp.class, Ethernet.BYTES + Ipv4.BYTES);
    if (udp == null) {
      return TcAction.OK;
    }
    asked++;
    SockTuple4 tuple = new SockTuple4();
    tuple.source = ip.source();
    tuple.destination = ip.destination();
    tuple.sourcePort = udp.sourcePort();
    tuple.destinationPort = udp.destinationPort();
    BpfSock socket = Helpers.skLookupUdp(context, tuple, -1, 0);
    if (socket == null) {
      return TcAction.OK;
    }
    found++;
    port = socket.sourcePort();
    result = socket.protocol();
    AtomicLong count = lookups.getOrCreate(socket);
    if (count != null) {
      count.incrementAndGet();
    }
    Helpers.skRelease(socket);
    return TcAction.OK;
  }
}
