import org.bpf4j.lang.Bpf;
import org.bpf4j.lang.Tc;
import org.bpf4j.lang.TcAction;
import org.bpf4j.lang.TcContext;

@Bpf(license = "GPL")
public final class MarkAndAction {

  @Tc
  static TcAction classify(TcContext context) {
    context.mark(context.mark() + context.length());
    context.priority(7);
    return switch (context.length() & 3) {
      case 0 -> TcAction.OK;
      case 1 -> TcAction.SHOT;
      case 2 -> TcAction.PIPE;
      default -> TcAction.UNSPEC;
    };
  }
}
