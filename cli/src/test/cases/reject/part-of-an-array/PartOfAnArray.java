import org.bpf4j.lang.Bpf;
import org.bpf4j.lang.Helpers;
import org.bpf4j.lang.Tc;
import org.bpf4j.lang.TcAction;
import org.bpf4j.lang.TcContext;

@Bpf(license = "GPL")
public final class PartOfAnArray {

  @Tc
  static TcAction program(TcContext context) {
    byte[] bytes = new byte[16];
    Helpers.skbLoadBytes(context, 0, bytes, context.mark(), context.length());
    return TcAction.OK;
  }
}
