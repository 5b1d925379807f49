import org.bpf4j.lang.At;
import org.bpf4j.lang.Be24;
import org.bpf4j.lang.Bpf;
import org.bpf4j.lang.Header;
import org.bpf4j.lang.U8;
import org.bpf4j.lang.Xdp;
import org.bpf4j.lang.XdpAction;
import org.bpf4j.lang.XdpContext;
import org.bpf4j.lang.net.Ethernet;

@Bpf(license = "GPL")
public final class OwnHeader {

  @Header(bytes = 8)
  interface Vxlan {
    @U8
    int flags();

    @At(4)
    @Be24
    int network();

    void network(int value);

    @At(7)
    @U8
    int rest();

    void rest(int value);
  }

  @Xdp
  static XdpAction move(XdpContext context) {
    Vxlan vxlan = context.header(Vxlan.class, Ethernet.BYTES);
    if (vxlan == null || (vxlan.flags() & 8) == 0) {
      return XdpAction.PASS;
    }
    vxlan.network(vxlan.network() + 1);
    vxlan.rest(vxlan.network() & 0xff);
    return XdpAction.TX;
  }
}
