import org.bpf4j.lang.Bpf;
import org.bpf4j.lang.Struct;
import org.bpf4j.lang.Syscall;

@Bpf(license = "GPL")
public final class IfElse {

  @Struct
  static final class Args {
    int a;
    int b;
  }

  @Syscall
  static int grade(Args args) {
    int points = args.a;
    if (points >= 90) {
      return 1;
    } else if (points >= 50) {
      if (args.b > 0) {
        points++;
      }
    } else {
      points = -points;
    }
    return points;
  }
}
