import org.bpf4j.lang.Bpf;
import org.bpf4j.lang.Struct;
import org.bpf4j.lang.Syscall;

@Bpf(license = "GPL")
public final class EvaluationOrder {

  @Struct
  static final class Args {
    int a;
    final int[] array = new int[4];
  }

  static int trail;

  private static int mark(int digit) {
    trail = trail * 10 + digit;
    return digit;
  }

  @Syscall
  static int order(Args args) {
    int i = 1;
    args.array[i++] = i + (i = 3) * i;
    args.array[i] += args.array[1] + (args.array[i] = 5);
    int sum = mark(1) + mark(2) * mark(3) - (mark(4) + mark(5));
    args.a = i++ + ++i;
    return sum + i;
  }
}
