import org.bpf4j.lang.Bpf;
import org.bpf4j.lang.Struct;
import org.bpf4j.lang.Syscall;
import org.bpf4j.lang.Tc;
import org.bpf4j.lang.TcAction;
import org.bpf4j.lang.TcContext;
import org.bpf4j.lang.Xdp;
import org.bpf4j.lang.XdpAction;
import org.bpf4j.lang.XdpContext;

@Bpf(license = "GPL")
public final class DivisionByZero {

  @Struct
  static final class Args {
    int a;
    int b;
  }

  static int before;
  static int after;

  @Syscall
  static int divide(Args args) {
    before = args.a + 1;
    int quotient = args.a / args.b;
    after = quotient;
    return 100 + quotient;
  }

  @Xdp
  static XdpAction remainder(XdpContext context) {
    before++;
    int rest = 1000 % (context.length() - 20);
    after++;
    return rest == 0 ? XdpAction.PASS : XdpAction.DROP;
  }

  @Tc
  static TcAction longs(TcContext context) {
    before++;
    long rest = 1000L / (context.length() - 20L);
    after++;
    return rest > 0 ? TcAction.OK : TcAction.PIPE;
  }
}
