import org.bpf4j.lang.Bpf;
import org.bpf4j.lang.XdpAction;
import org.bpf4j.lang.XdpContext;
import org.bpf4j.lang.XdpCpumap;
import org.bpf4j.lang.XdpDevmap;
import org.bpf4j.lang.XdpDevmapContext;
import org.bpf4j.lang.net.EtherType;
import org.bpf4j.lang.net.Ethernet;

@Bpf(license = "GPL")
public final class ProgramsInMaps {

  static int out;
  static int bytes;

  @XdpDevmap
  static XdpAction leaving(XdpDevmapContext context) {
    out = context.egressIfindex();
    bytes = context.length();
    Ethernet ethernet = context.header(Ethernet.class, 0);
    if (ethernet == null) {
      return XdpAction.DROP;
    }
    ethernet.etherType(EtherType.IPV6);
    return context.ingressIfindex() == 1 ? XdpAction.PASS : XdpAction.DROP;
  }

  @XdpCpumap
  static XdpAction elsewhere(XdpContext context) {
    bytes = context.length();
    return bytes > 20 ? XdpAction.DROP : XdpAction.PASS;
  }
}
