import org.bpf4j.lang.Bpf;
import org.bpf4j.lang.Tc;
import org.bpf4j.lang.TcAction;
import org.bpf4j.lang.TcContext;

@Bpf(license = "GPL")
public final class Class {

  static int before;
  static int after;

  @Tc
  static TcAction sort(TcContext context) {
    before = context.classid();
    context.classid(context.length() > 40 ? 0x8002 : 0x8001);
    context.tcIndex(context.classid() & 0xff);
    after = context.classid() + context.tcIndex();
    return TcAction.OK;
  }
}
