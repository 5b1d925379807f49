import org.bpf4j.lang.Bpf;
import org.bpf4j.lang.Helpers;
import org.bpf4j.lang.Tc;
import org.bpf4j.lang.TcAction;
import org.bpf4j.lang.TcContext;

@Bpf(license = "GPL")
public final class BufferOfAHelper {

  @Tc
  static TcAction program(TcContext context) {
    Helpers.skbLoadBytes(context, 0, context.length());
    return TcAction.OK;
  }
}
