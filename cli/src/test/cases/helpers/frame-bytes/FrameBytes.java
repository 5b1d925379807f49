import org.bpf4j.lang.Bpf;
import org.bpf4j.lang.Helpers;
import org.bpf4j.lang.Xdp;
import org.bpf4j.lang.XdpAction;
import org.bpf4j.lang.XdpContext;

@Bpf(license = "GPL")
public final class FrameBytes {

  static long length;
  static int result;

  @Xdp
  static XdpAction exchange(XdpContext context) {
    length = Helpers.xdpGetBuffLen(context);
    int[] words = new int[2];
    result = Helpers.xdpLoadBytes(context, 14, words);
    if (result != 0) {
      return XdpAction.DROP;
    }
    int first = words[0];
    words[0] = words[1];
    words[1] = first;
    result = Helpers.xdpStoreBytes(context, 14, words);
    return XdpAction.PASS;
  }
}
