import org.bpf4j.lang.At;
import org.bpf4j.lang.Be32;
import org.bpf4j.lang.Bpf;
import org.bpf4j.lang.Header;
import org.bpf4j.lang.Tc;
import org.bpf4j.lang.TcAction;
import org.bpf4j.lang.TcContext;
import org.bpf4j.lang.U16;
import org.bpf4j.lang.U64;
import org.bpf4j.lang.Xdp;
import org.bpf4j.lang.XdpAction;
import org.bpf4j.lang.XdpContext;
import org.bpf4j.lang.net.Ethernet;

@Bpf(license = "GPL")
public final class Metadata {

  @Header(bytes = 8)
  interface Mark {
    @U16
    int type();

    void type(int value);

    @At(4)
    @Be32
    int number();

    void number(int value);
  }

  @Header(bytes = 12)
  interface Longer {
    @U64
    long first();

    @At(8)
    @Be32
    int last();
  }

  static int next = 41;
  static int seen;
  static int unmarked;
  static int longer;

  static int room(int bytes) {
    return -bytes;
  }

  @Xdp
  static XdpAction mark(XdpContext ctx) {
    if (ctx.metadata(Mark.class) != null) {
      return XdpAction.DROP;
    }
    if (!ctx.adjustMeta(-8)) {
      return XdpAction.ABORTED;
    }
    Mark mark = ctx.metadata(Mark.class);
    Ethernet eth = ctx.header(Ethernet.class, 0);
    if (mark == null || eth == null) {
      return XdpAction.ABORTED;
    }
    mark.type(eth.etherType());
    mark.number(++next);
    return ctx.metadata(Longer.class) == null ? XdpAction.PASS : XdpAction.TX;
  }

  @Xdp
  static XdpAction moves(XdpContext ctx) {
    if (ctx.adjustMeta(-3) || ctx.adjustMeta(4) || !ctx.adjustMeta(room(12))) {
      return XdpAction.DROP;
    }
    Mark mark = ctx.metadata(Mark.class);
    if (mark == null) {
      return XdpAction.ABORTED;
    }
    mark.type(0);
    mark.number(3);
    if (!ctx.adjustMeta(8) || ctx.metadata(Mark.class) != null || !ctx.adjustMeta(4)) {
      return XdpAction.TX;
    }
    return XdpAction.PASS;
  }

  @Tc
  static TcAction read(TcContext ctx) {
    Mark mark = ctx.metadata(Mark.class);
    if (mark == null) {
      unmarked++;
      return TcAction.SHOT;
    }
    if (ctx.metadata(Longer.class) != null) {
      longer++;
    }
    seen = mark.number();
    ctx.mark(mark.type());
    return TcAction.OK;
  }
}
