import java.nio.charset.StandardCharsets;
import org.bpf4j.lang.Bpf;
import org.bpf4j.lang.Xdp;
import org.bpf4j.lang.XdpAction;
import org.bpf4j.lang.XdpContext;

@Bpf(license = "GPL")
public final class CharacterOfAnUnnamedText {
  static final byte[] WIDE = "abc".getBytes(StandardCharsets.UTF_16LE);

  @Xdp
  static XdpAction program(XdpContext ctx) {
    return "0123".charAt(ctx.length() & 3) == '1' ? XdpAction.DROP : XdpAction.PASS;
  }

  @Xdp
  static XdpAction wide(XdpContext ctx) {
    return WIDE[ctx.length() & 3] == 0 ? XdpAction.DROP : XdpAction.PASS;
  }
}
