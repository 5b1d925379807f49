import java.util.function.IntUnaryOperator;
import org.bpf4j.lang.Bpf;
import org.bpf4j.lang.Xdp;
import org.bpf4j.lang.XdpAction;
import org.bpf4j.lang.XdpContext;

@Bpf(license = "GPL")
public final class Lambda {

  @Xdp
  static XdpAction program(XdpContext context) {
    IntUnaryOperator twice = x -> 2 * x;
    return XdpAction.PASS;
  }
}
