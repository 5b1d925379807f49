import org.bpf4j.lang.Bpf;
import org.bpf4j.lang.RingBuffer;
import org.bpf4j.lang.SocketFilter;
import org.bpf4j.lang.SocketFilterContext;
import org.bpf4j.lang.Struct;
import org.bpf4j.lang.net.EtherType;
import org.bpf4j.lang.net.Ethernet;
import org.bpf4j.lang.net.IpProtocol;
import org.bpf4j.lang.net.Ipv4;
import org.bpf4j.lang.net.Udp;

/// Tells of the IPv4 packets that a packet socket sees: from where to where, and what.
@Bpf(license = "Dual BSD/GPL")
public final class SocketCapture {

  @Struct
  static final class Packet {
    int source;
    int destination;
    int ports;
    int protocol;
    int packetType;
    int length;
    int ifindex;
  }

  static final RingBuffer<Packet> packets = RingBuffer.ofBytes(1 << 18);

  @SocketFilter
  static int capture(SocketFilterContext ctx) {
    if (ctx.protocol() != EtherType.IPV4) return 0;
    Ipv4 ip = ctx.load(Ipv4.class, Ethernet.BYTES);
    if (ip == null || ip.isLaterFragment()) return 0;
    Packet packet = packets.reserve();
    if (packet == null) return 0;

    packet.source = ip.source();
    packet.destination = ip.destination();
    packet.protocol = ip.protocol();
    packet.packetType = ctx.packetType();
    packet.length = ip.totalLength();
    packet.ifindex = ctx.ifindex();
    if (ip.protocol() == IpProtocol.TCP || ip.protocol() == IpProtocol.UDP) {
      Udp ports = ctx.load(Udp.class, Ethernet.BYTES + ip.headerBytes());
      if (ports != null) packet.ports = ports.sourcePort() << 16 | ports.destinationPort();
    }
    packets.submit(packet);
    return 0;
  }
}
