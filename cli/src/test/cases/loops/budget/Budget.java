import org.bpf4j.lang.Bpf;
import org.bpf4j.lang.Struct;
import org.bpf4j.lang.Syscall;

@Bpf(license = "GPL")
public final class Budget {

  static boolean ended;
  static boolean started;

  @Struct
  static final class Args {
    long start;
  }

  @Syscall
  static int forever(Args args) {
    started = true;
    long value = args.start;
    while (value != 1) {
      value += 2;
    }
    ended = true;
    return 1;
  }
}
