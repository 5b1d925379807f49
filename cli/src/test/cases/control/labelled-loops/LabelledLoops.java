import org.bpf4j.lang.Bpf;
import org.bpf4j.lang.Struct;
import org.bpf4j.lang.Syscall;

@Bpf(license = "GPL")
public final class LabelledLoops {

  @Struct
  static final class Args {
    int a;
    int b;
  }

  @Syscall
  static int search(Args args) {
    int steps = 0;
    rows:
    for (int row = 0; row < 5; row++) {
      for (int column = 0; column < 5; column++) {
        steps++;
        if (row * column == args.a) {
          break rows;
        }
        if (column > row) {
          continue rows;
        }
      }
      steps += 100;
    }
    return steps;
  }

  @Syscall
  static int block(Args args) {
    int result = 1;
    work:
    {
      if (args.a == 0) {
        break work;
      }
      result = 2;
    }
    return result;
  }
}
