package org.bpf4j.examples.network;

import org.bpf4j.lang.Be32;
import org.bpf4j.lang.Bpf;
import org.bpf4j.lang.Header;
import org.bpf4j.lang.Tc;
import org.bpf4j.lang.TcAction;
import org.bpf4j.lang.TcContext;
import org.bpf4j.lang.Xdp;
import org.bpf4j.lang.XdpAction;
import org.bpf4j.lang.XdpContext;

/// Tells traffic control what was seen of a frame before it was a packet.
@Bpf(license = "GPL")
public final class Marked {

  @Header(bytes = 4)
  interface Mark {
    @Be32
    int queue();

    void queue(int value);
  }

  static int seen = -1;

  private Marked() {}

  @Xdp
  static XdpAction write(XdpContext ctx) {
    if (!ctx.adjustMeta(-4)) {
      return XdpAction.PASS;
    }
    Mark mark = ctx.metadata(Mark.class);
    if (mark == null) {
      return XdpAction.ABORTED;
    }
    mark.queue(ctx.rxQueueIndex() + 7);
    return XdpAction.PASS;
  }

  @Tc
  static TcAction read(TcContext ctx) {
    Mark mark = ctx.metadata(Mark.class);
    if (mark == null) {
      return TcAction.OK;
    }
    seen = mark.queue();
    return TcAction.SHOT;
  }
}
