import java.util.function.IntUnaryOperator;
import org.bpf4j.lang.Bpf;
import org.bpf4j.lang.Xdp;
import org.bpf4j.lang.XdpAction;
import org.bpf4j.lang.XdpContext;

@Bpf(license = "GPL")
public final class FunctionThatIsKept {

  static final IntUnaryOperator TWICE = n -> 2 * n;

  @Xdp
  static XdpAction field(XdpContext context) {
    return TWICE.applyAsInt(context.length()) > 100 ? XdpAction.DROP : XdpAction.PASS;
  }

  @Xdp
  static XdpAction local(XdpContext context) {
    IntUnaryOperator thrice = n -> 3 * n;
    assert context.length() > 13;
    return thrice.applyAsInt(context.length()) > 100 ? XdpAction.DROP : XdpAction.PASS;
  }
}
