import org.bpf4j.lang.Bpf;
import org.bpf4j.lang.Helpers;
import org.bpf4j.lang.Tc;
import org.bpf4j.lang.TcAction;
import org.bpf4j.lang.TcContext;
import org.bpf4j.lang.net.TcpOption;

@Bpf(license = "GPL")
public final class ComparedWithWhatStays {
  static int found;
  static int rounds;

  /// Some of the ways through a round compare with `length`, which no round changes.
  @Tc
  static TcAction walk(TcContext context) {
    byte[] options = new byte[TcpOption.MOST];
    int length = context.length() - 54;
    if (length <= 0 || length > options.length) {
      return TcAction.OK;
    }
    if (Helpers.skbLoadBytes(context, 54, options, 0, length) < 0) {
      return TcAction.SHOT;
    }
    for (int i = 0; i < length; ) {
      int kind = options[i];
      rounds++;
      if (kind == TcpOption.END) {
        break;
      }
      if (kind == TcpOption.NO_OPERATION) {
        i++;
        continue;
      }
      if (i + 1 >= length) {
        break;
      }
      int size = options[i + 1] & 0xff;
      if (size < 2) {
        break;
      }
      if (kind == TcpOption.TIMESTAMPS && size == 10) {
        found = i;
        break;
      }
      i += size;
    }
    return TcAction.OK;
  }

  /// The same where both ways go on.
  @Tc
  static TcAction search(TcContext context) {
    byte[] numbers = new byte[64];
    int limit = context.length() & 63;
    int step = context.length() >>> 4 & 7;
    if (Helpers.skbLoadBytes(context, 14, numbers, 0, 8) < 0) {
      return TcAction.SHOT;
    }
    int at = limit;
    while (numbers[at] != 7) {
      rounds++;
      at = at < limit ? at + 1 + step : at - limit;
      if (at + step > limit && at - step < limit) {
        at = at + 3;
      }
      at &= 63;
    }
    found = at;
    return TcAction.OK;
  }
}
