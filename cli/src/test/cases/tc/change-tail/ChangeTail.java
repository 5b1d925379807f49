import org.bpf4j.lang.Bpf;
import org.bpf4j.lang.Tc;
import org.bpf4j.lang.TcAction;
import org.bpf4j.lang.TcContext;

@Bpf(license = "GPL")
public final class ChangeTail {

  @Tc
  static TcAction cut(TcContext context) {
    if (!context.changeTail(30)) {
      return TcAction.SHOT;
    }
    return context.length() == 30 ? TcAction.OK : TcAction.PIPE;
  }
}
