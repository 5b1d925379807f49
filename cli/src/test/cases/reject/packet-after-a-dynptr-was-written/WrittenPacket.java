import org.bpf4j.lang.Bpf;
import org.bpf4j.lang.Dynptr;
import org.bpf4j.lang.Kfunc;
import org.bpf4j.lang.Tc;
import org.bpf4j.lang.TcAction;
import org.bpf4j.lang.TcContext;
import org.bpf4j.lang.net.Ethernet;

@Bpf(license = "GPL")
public final class WrittenPacket {

  @Kfunc(since = "6.4")
  static native Dynptr bpfDynptrFromSkb(TcContext ctx, long flags);

  @Tc
  static TcAction program(TcContext ctx) {
    Ethernet ethernet = ctx.header(Ethernet.class, 0);
    if (ethernet == null) {
      return TcAction.SHOT;
    }
    byte[] ones = {1, 1};
    bpfDynptrFromSkb(ctx, 0).write(12, ones);
    return ethernet.etherType() == 0x101 ? TcAction.OK : TcAction.SHOT;
  }
}
