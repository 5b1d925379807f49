import org.bpf4j.lang.Bpf;
import org.bpf4j.lang.Struct;
import org.bpf4j.lang.Syscall;

@Bpf(license = "GPL")
public final class Loops {

  @Struct
  static final class Args {
    int a;
    int b;
  }

  @Syscall
  static int triangle(Args args) {
    int sum = 0;
    for (int i = 1; i <= 20; i++) {
      if (i > args.a) {
        break;
      }
      sum += i;
    }
    return sum;
  }

  @Syscall
  static int digits(Args args) {
    int value = args.a;
    int count = 0;
    while (value != 0 && count < 12) {
      value /= 10;
      count++;
    }
    return count;
  }

  @Syscall
  static int atLeastOnce(Args args) {
    int rounds = 0;
    do {
      rounds++;
      if (rounds == 3) {
        continue;
      }
      args.b += rounds;
    } while (rounds < (args.a & 7));
    return rounds;
  }
}
