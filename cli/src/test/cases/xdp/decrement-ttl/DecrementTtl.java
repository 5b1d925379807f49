import org.bpf4j.lang.Bpf;
import org.bpf4j.lang.Xdp;
import org.bpf4j.lang.XdpAction;
import org.bpf4j.lang.XdpContext;
import org.bpf4j.lang.net.Checksum;
import org.bpf4j.lang.net.Ethernet;
import org.bpf4j.lang.net.Ipv4;

@Bpf(license = "GPL")
public final class DecrementTtl {

  @Xdp
  static XdpAction forward(XdpContext context) {
    Ipv4 ip = context.header(Ipv4.class, Ethernet.BYTES);
    if (ip == null || ip.ttl() <= 1) {
      return XdpAction.DROP;
    }
    int before = ip.ttl() << 8 | ip.protocol();
    ip.ttl(ip.ttl() - 1);
    int after = ip.ttl() << 8 | ip.protocol();
    ip.checksum(Checksum.replace16(ip.checksum(), before, after));
    return Checksum.of(ip) == ip.checksum() ? XdpAction.TX : XdpAction.ABORTED;
  }
}
