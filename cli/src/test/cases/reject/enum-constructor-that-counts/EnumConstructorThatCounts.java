import org.bpf4j.lang.Bpf;
import org.bpf4j.lang.Xdp;
import org.bpf4j.lang.XdpAction;
import org.bpf4j.lang.XdpContext;

@Bpf(license = "GPL")
public final class EnumConstructorThatCounts {
  enum Size {
    SMALL(3),
    LARGE(7);

    final int bytes;

    Size(int bytes) {
      if (bytes > 5) bytes++;
      this.bytes = bytes;
    }
  }

  @Xdp
  static XdpAction program(XdpContext ctx) {
    return ctx.length() > Size.values()[ctx.ingressIfindex() & 1].bytes
        ? XdpAction.DROP
        : XdpAction.PASS;
  }
}
