import org.bpf4j.lang.*;

@Bpf(license = "GPL")
public final class NotChecked {
  @Header(bytes = 4)
  interface Mark {
    @U32
    int number();

    void number(int value);
  }

  @Xdp
  static XdpAction mark(XdpContext ctx) {
    if (!ctx.adjustMeta(-4)) {
      return XdpAction.PASS;
    }
    ctx.metadata(Mark.class).number(7);
    return XdpAction.PASS;
  }

  @Tc
  static TcAction read(TcContext ctx) {
    Mark mark = ctx.metadata(Mark.class);
    ctx.mark(mark.number());
    return TcAction.OK;
  }
}
