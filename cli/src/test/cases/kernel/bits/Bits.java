import org.bpf4j.lang.Bpf;
import org.bpf4j.lang.BpfArray;
import org.bpf4j.lang.Struct;
import org.bpf4j.lang.Syscall;
import org.bpf4j.lang.Walk;
import org.bpf4j.lang.Xdp;
import org.bpf4j.lang.XdpAction;
import org.bpf4j.lang.XdpContext;

/// Loops over the bits that are set in words, and every way to leave them.
@Bpf(license = "GPL")
public final class Bits {

  @Struct
  static final class Set {
    int count;
    final long[] words = new long[4];
  }

  @Struct
  static final class Args {
    long mask;
    long other;
    int limit;
    int answer;
  }

  static final BpfArray<Set> sets = BpfArray.create(1);
  static final int[] odd = {1, 3, 5, 7};
  static int behind;

  /// One word, computed; what changes meanwhile does not count.
  @Syscall
  static int word(Args args) {
    int sum = 0;
    for (int bit : Walk.bits(args.mask | 1)) {
      sum = sum * 100 + bit;
      args.mask = -1;
    }
    return sum;
  }

  /// Two words, and out of the loops in each way.
  @Syscall
  static int words(Args args) {
    int sum = 0;
    outer:
    for (int bit : Walk.bits(args.mask, args.other)) {
      for (var inner : Walk.bits(args.limit)) {
        sum += inner == 0 ? 1 : 100;
        if (inner == 2) {
          continue outer;
        } else if (inner == 3) {
          break outer;
        } else if (inner == 4) {
          return -bit;
        }
      }
      sum += 10_000 * bit;
    }
    return sum;
  }

  /// An array of a map, whose bits are set on the way.
  @Syscall
  static int array(Args args) {
    Set set = sets.get(0);
    set.words[0] = args.mask;
    set.words[3] = args.other;
    for (long bit : Walk.bits(set.words)) {
      set.count++;
      args.answer += (int) bit;
      set.words[3] |= args.limit;
    }
    return set.count;
  }

  /// The second bit aborts.
  @Syscall
  static int aborted(Args args) {
    for (int bit : Walk.bits(args.mask)) {
      behind += odd[bit];
    }
    return 1;
  }

  @Xdp
  static XdpAction frame(XdpContext ctx) {
    int bits = 0;
    for (Integer bit : Walk.bits(ctx.length())) {
      bits = bits << 4 | bit;
    }
    behind = bits;
    return bits == 0x4 ? XdpAction.PASS : XdpAction.DROP;
  }
}
