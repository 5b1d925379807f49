import org.bpf4j.lang.Be32;
import org.bpf4j.lang.Bpf;
import org.bpf4j.lang.Header;
import org.bpf4j.lang.Xdp;
import org.bpf4j.lang.XdpAction;
import org.bpf4j.lang.XdpContext;

@Bpf(license = "GPL")
public final class HeaderThatExtends {

  @Header(bytes = 8)
  interface Whole {
    @Be32
    int first();

    @Be32
    int second();
  }

  @Header(bytes = 4)
  interface Part extends Whole {}

  @Xdp
  static XdpAction read(XdpContext context) {
    Part part = context.header(Part.class, 0);
    return part != null && part.second() > 0 ? XdpAction.PASS : XdpAction.DROP;
  }
}
