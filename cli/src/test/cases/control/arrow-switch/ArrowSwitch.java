import org.bpf4j.lang.Bpf;
import org.bpf4j.lang.Struct;
import org.bpf4j.lang.Syscall;

@Bpf(license = "GPL")
public final class ArrowSwitch {

  @Struct
  static final class Args {
    int a;
    int b;
  }

  @Syscall
  static int choose(Args args) {
    int kind =
        switch (args.a) {
          case 1, 3, 5 -> 10;
          case 2 -> {
            int twice = args.b * 2;
            yield twice;
          }
          default -> -1;
        };
    switch (args.b) {
      case 0 -> kind++;
      case 'A' -> kind = kind * 2;
      default -> {}
    }
    return kind;
  }
}
