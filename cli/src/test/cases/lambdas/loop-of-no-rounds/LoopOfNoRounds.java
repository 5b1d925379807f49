import org.bpf4j.lang.Bpf;
import org.bpf4j.lang.Helpers;
import org.bpf4j.lang.Struct;
import org.bpf4j.lang.Syscall;

@Bpf(license = "GPL")
public final class LoopOfNoRounds {

  @Struct
  static final class Args {
    int count;
    int sum;
  }

  @Syscall
  static int none(Args args) {
    int never = Helpers.loop(0, i -> i < args.sum++);
    return never + Helpers.loop((int) 0L & 15, i -> args.sum++ > 7);
  }

  @Syscall
  static int some(Args args) {
    int rounds = Helpers.loop(args.count, i -> args.sum++ < 7);
    return rounds * 10 + Helpers.loop(args.count & 8, i -> args.sum++ < 100);
  }
}
