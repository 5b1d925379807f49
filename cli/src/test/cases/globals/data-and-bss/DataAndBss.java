import org.bpf4j.lang.Bpf;
import org.bpf4j.lang.BpfString;
import org.bpf4j.lang.Struct;
import org.bpf4j.lang.Xdp;
import org.bpf4j.lang.XdpAction;
import org.bpf4j.lang.XdpContext;

@Bpf(license = "GPL")
public final class DataAndBss {

  static boolean enabled = true;
  static byte small = -1;
  static short medium;
  static char letter = 'x';
  static int number = 1_000_000;
  static long large = -1L << 40;
  static final BpfString name = BpfString.ofSize(8);
  static final int[] recent = new int[3];

  @Struct
  static final class Last {
    int length;
    long count;
  }

  static final Last last = new Last();

  @Xdp
  static XdpAction touch(XdpContext context) {
    enabled = !enabled;
    small--;
    medium += 40_000;
    letter++;
    number *= 3_000;
    large >>>= 4;
    recent[context.length() % 3] = number;
    last.length = context.length();
    last.count++;
    return enabled ? XdpAction.DROP : XdpAction.PASS;
  }
}
