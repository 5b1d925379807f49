import java.io.File;
import org.bpf4j.lang.Bpf;
import org.bpf4j.lang.Xdp;
import org.bpf4j.lang.XdpAction;
import org.bpf4j.lang.XdpContext;

@Bpf(license = "GPL")
public final class FieldOfAJdkClass {

  @Xdp
  static XdpAction program(XdpContext context) {
    return context.length() == File.separatorChar ? XdpAction.DROP : XdpAction.PASS;
  }
}
