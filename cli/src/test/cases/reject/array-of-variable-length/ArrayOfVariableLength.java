import org.bpf4j.lang.*;
import org.bpf4j.lang.net.*;

@Bpf(license = "GPL")
public final class ArrayOfVariableLength {
  @Xdp
  static XdpAction program(XdpContext context) {
    int[] lengths = new int[context.length()];
    return lengths[0] == 0 ? XdpAction.PASS : XdpAction.DROP;
  }
}
