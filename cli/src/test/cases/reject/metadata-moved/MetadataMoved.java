import org.bpf4j.lang.*;
import org.bpf4j.lang.net.Ethernet;

@Bpf(license = "GPL")
public final class MetadataMoved {
  @Header(bytes = 4)
  interface Mark {
    @U32
    int number();

    void number(int value);
  }

  @Xdp
  static XdpAction mark(XdpContext ctx) {
    Ethernet eth = ctx.header(Ethernet.class, 0);
    if (eth == null || !ctx.adjustMeta(-4)) {
      return XdpAction.PASS;
    }
    Mark mark = ctx.metadata(Mark.class);
    if (mark != null) {
      mark.number(eth.etherType());
      ctx.adjustTail(4);
      mark.number(1);
    }
    return XdpAction.PASS;
  }
}
