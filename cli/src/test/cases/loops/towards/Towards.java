import org.bpf4j.lang.Bpf;
import org.bpf4j.lang.BpfArray;
import org.bpf4j.lang.Struct;
import org.bpf4j.lang.Syscall;

/// Counters that come towards each other.
@Bpf(license = "GPL", minKernel = "5.14")
public final class Towards {
  @Struct
  static final class Args {
    int limit;
    int result;
    final byte[] text = new byte[64];
  }

  static final BpfArray<Args> kept = BpfArray.create(1);

  @Syscall
  static int reverse(Args args) {
    int swaps = 0;
    for (int i = 0, j = args.text.length - 1; i < j; i++, j--) {
      byte one = args.text[i];
      args.text[i] = args.text[j];
      args.text[j] = one;
      swaps++;
    }
    args.result = swaps;
    return swaps;
  }

  @Syscall
  static int palindrome(Args args) {
    Args own = kept.get(0);
    int i = 0;
    int j = own.text.length;
    while (--j > i) {
      if (own.text[i] != own.text[j]) {
        args.result = i;
        return i;
      }
      i += 1;
    }
    args.result = -1;
    return -1;
  }

  @Syscall
  static int steps(Args args) {
    int sum = 0;
    for (int down = 100, up = -100; down >= up; down -= 7, up += 3) {
      for (int i = 0, j = 5; i <= j; i += 2, j--) {
        sum += i * j - down;
      }
      if (sum == args.limit) {
        break;
      }
    }
    args.result = sum;
    return sum;
  }
}
