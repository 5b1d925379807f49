import org.bpf4j.lang.Be32;
import org.bpf4j.lang.Bpf;
import org.bpf4j.lang.Header;
import org.bpf4j.lang.Xdp;
import org.bpf4j.lang.XdpAction;
import org.bpf4j.lang.XdpContext;

@Bpf(license = "GPL")
public final class ViewLargerThanDeclared {

  @Header(bytes = 4)
  interface Odd {
    @Be32
    int a();

    @Be32
    int b();
  }

  @Xdp
  static XdpAction program(XdpContext context) {
    Odd odd = context.header(Odd.class, 0);
    return odd == null ? XdpAction.DROP : XdpAction.PASS;
  }
}
