import org.bpf4j.lang.Bpf;
import org.bpf4j.lang.Struct;
import org.bpf4j.lang.Syscall;

@Bpf(license = "GPL")
public final class OldSwitchFallsThrough {

  @Struct
  static final class Args {
    int a;
    int b;
  }

  @Syscall
  static int fall(Args args) {
    int result = 0;
    switch (args.a) {
      case 1:
        result += 1;
      case 2:
        result += 10;
        break;
      case -3:
      case 1000:
        result += 100;
      default:
        result += 1000;
    }
    return result;
  }
}
