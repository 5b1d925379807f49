import org.bpf4j.lang.Bpf;
import org.bpf4j.lang.LoopBudget;
import org.bpf4j.lang.Struct;
import org.bpf4j.lang.Syscall;

@Bpf(license = "GPL")
public final class LoopBudgetOfNothing {

  @Struct
  static final class Args {
    int x;
  }

  @Syscall
  @LoopBudget(0)
  static int none(Args args) {
    int steps = 0;
    while (args.x > steps) {
      steps += 3;
    }
    return steps;
  }
}
