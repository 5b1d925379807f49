import org.bpf4j.lang.*;

@Bpf(license = "GPL")
public final class HeaderWithoutByteOrder {
  @Header(bytes = 8)
  interface Vxlan {
    int vni();
  }

  @Xdp
  static XdpAction program(XdpContext context) {
    Vxlan header = context.header(Vxlan.class, 42);
    return header == null || header.vni() == 0 ? XdpAction.PASS : XdpAction.DROP;
  }
}
