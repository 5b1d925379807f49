import org.bpf4j.lang.Bpf;
import org.bpf4j.lang.Helpers;
import org.bpf4j.lang.Struct;
import org.bpf4j.lang.Syscall;

@Bpf(license = "GPL", minKernel = "5.15")
public final class RoundsOfLoops {

  @Struct
  static final class Args {
    int x;
  }

  @Syscall
  static int upTo(Args args) {
    int found = 0;
    for (int i = 0; i <= 100_000; i++) {
      found += (args.x ^ i) % 3;
    }
    return found;
  }

  @Syscall
  static int bySevens(Args args) {
    int found = 0;
    for (int i = 5; i < 1_000_000; i += 7) {
      found += (args.x ^ i) % 3;
    }
    return found;
  }

  @Syscall
  static int down(Args args) {
    int found = 0;
    for (int i = 100_000; i > 0; i--) {
      found += (args.x ^ i) % 3;
    }
    return found;
  }

  @Syscall
  static int downToTheLast(Args args) {
    int found = 0;
    for (int i = 99_999; i >= 0; i--) {
      found += (args.x ^ i) % 3;
    }
    return found;
  }

  @Syscall
  static int incrementedFirst(Args args) {
    int found = 0;
    int i = 0;
    while (++i < 100_000) {
      found += (args.x ^ i) % 3;
    }
    return found;
  }

  @Syscall
  static int incrementedLast(Args args) {
    int found = 0;
    int i = 0;
    while (i++ < 100_000) {
      found += (args.x ^ i) % 3;
    }
    return found;
  }

  @Syscall
  static int testedAtTheEnd(Args args) {
    int found = 0;
    int i = 0;
    do {
      found += (args.x ^ i) % 3;
    } while (++i < 100_000);
    return found;
  }

  @Syscall
  static int unequal(Args args) {
    int found = 0;
    for (int i = 10; i != 100_000; i += 2) {
      found += (args.x ^ i) % 3;
    }
    return found;
  }

  @Syscall
  static int leftInTheMiddle(Args args) {
    int found = 0;
    for (int i = 0; ; i++) {
      found += (args.x ^ i) % 3;
      if (i == 100_000) {
        return found;
      }
      found *= 5;
      if (i >= 99_999) {
        break;
      }
    }
    return found;
  }

  @Syscall
  static int range(Args args) {
    int found = 0;
    for (int i : Helpers.range(10, 100_000)) {
      found += (args.x ^ i) % 3;
    }
    return found;
  }
}
