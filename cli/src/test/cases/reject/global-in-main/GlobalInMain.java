import org.bpf4j.lang.Bpf;
import org.bpf4j.lang.Xdp;
import org.bpf4j.lang.XdpAction;
import org.bpf4j.lang.XdpContext;

@Bpf(license = "GPL")
public final class GlobalInMain {

  static long seen;

  public static void main(String[] args) {
    System.out.println(seen);
  }

  @Xdp
  static XdpAction program(XdpContext context) {
    seen++;
    return XdpAction.PASS;
  }
}
