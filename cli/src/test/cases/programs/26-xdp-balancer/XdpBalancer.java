import org.bpf4j.lang.Bpf;
import org.bpf4j.lang.BpfArray;
import org.bpf4j.lang.BpfHashMap;
import org.bpf4j.lang.BpfLruHashMap;
import org.bpf4j.lang.Config;
import org.bpf4j.lang.Struct;
import org.bpf4j.lang.Xdp;
import org.bpf4j.lang.XdpAction;
import org.bpf4j.lang.XdpContext;
import org.bpf4j.lang.net.Checksum;
import org.bpf4j.lang.net.EtherType;
import org.bpf4j.lang.net.Ethernet;
import org.bpf4j.lang.net.IpProtocol;
import org.bpf4j.lang.net.Ipv4;
import org.bpf4j.lang.net.MacAddress;
import org.bpf4j.lang.net.Udp;

/// Spreads the connections to virtual addresses over servers, by tunnelling packets to them in
/// IPv4: a connection stays with its server while it is remembered, and a hash finds the server of
/// others.
@Bpf(license = "GPL")
public final class XdpBalancer {

  static final int SERVERS = 256;

  /// What is balanced.
  record Service(int address, int port, int protocol) {}

  record Connection(int source, int destination, int ports, int protocol) {}

  @Struct
  static final class Server {
    int address;
    MacAddress gateway;
    long packets;
  }

  static final BpfHashMap<Service, Integer> services = BpfHashMap.create(64); // how many servers
  static final BpfArray<Server> servers = BpfArray.create(SERVERS);
  static final BpfLruHashMap<Connection, Integer> connections = BpfLruHashMap.create(65_536);

  @Config static int ownAddress = 0;

  @Xdp
  static XdpAction balance(XdpContext ctx) {
    Ethernet eth = ctx.header(Ethernet.class, 0);
    if (eth == null || eth.etherType() != EtherType.IPV4) return XdpAction.PASS;
    Ipv4 ip = ctx.header(Ipv4.class, Ethernet.BYTES);
    if (ip == null || ip.headerBytes() != Ipv4.BYTES || ip.isLaterFragment()) {
      return XdpAction.PASS;
    }
    int protocol = ip.protocol();
    if (protocol != IpProtocol.TCP && protocol != IpProtocol.UDP) return XdpAction.PASS;
    Udp ports = ctx.header(Udp.class, Ethernet.BYTES + Ipv4.BYTES); // TCP begins the same way
    if (ports == null) return XdpAction.PASS;

    Integer count = services.get(new Service(ip.destination(), ports.destinationPort(), protocol));
    if (count == null || count <= 0) return XdpAction.PASS;

    int both = ports.sourcePort() << 16 | ports.destinationPort();
    Connection connection = new Connection(ip.source(), ip.destination(), both, protocol);
    Integer known = connections.get(connection);
    int index = known == null ? pick(connection, count) : known;
    if (index >= SERVERS) return XdpAction.DROP;
    if (known == null) connections.put(connection, index);
    return forward(ctx, servers.get(index), ip.totalLength());
  }

  static int pick(Connection connection, int count) {
    int hash = mix(connection.source()) ^ mix(connection.ports() + connection.protocol());
    return Integer.remainderUnsigned(mix(hash), count);
  }

  static int mix(int value) {
    int h = value;
    h = (h ^ h >>> 16) * 0x85ebca6b;
    h = (h ^ h >>> 13) * 0xc2b2ae35;
    return h ^ h >>> 16;
  }

  static XdpAction forward(XdpContext ctx, Server server, int length) {
    if (!ctx.adjustHead(-Ipv4.BYTES)) return XdpAction.DROP;
    Ethernet eth = ctx.header(Ethernet.class, 0);
    Ethernet before = ctx.header(Ethernet.class, Ipv4.BYTES);
    Ipv4 outer = ctx.header(Ipv4.class, Ethernet.BYTES);
    if (eth == null || before == null || outer == null) return XdpAction.DROP;

    eth.source(before.destination());
    eth.destination(server.gateway);
    eth.etherType(EtherType.IPV4);
    outer.versionAndLength(0x45);
    outer.typeOfService(0);
    outer.totalLength(length + Ipv4.BYTES & 0xffff);
    outer.identification(0);
    outer.fragment(Ipv4.DONT_FRAGMENT);
    outer.ttl(64);
    outer.protocol(IpProtocol.IPV4);
    outer.source(ownAddress);
    outer.destination(server.address);
    outer.checksum(Checksum.of(outer));
    server.packets++;
    return XdpAction.TX;
  }
}
