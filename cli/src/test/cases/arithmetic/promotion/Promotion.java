import org.bpf4j.lang.Bpf;
import org.bpf4j.lang.Struct;
import org.bpf4j.lang.Syscall;

@Bpf(license = "GPL")
public final class Promotion {

  @Struct
  static final class Args {
    byte b;
    short s;
    char c;
    boolean z;
    int result;
  }

  @Syscall
  static int promote(Args args) {
    args.result = args.b * args.s + args.c;
    args.z = args.b < args.c;
    return -args.b + (args.s >>> 4) + (args.b >>> 1) + ~args.c;
  }
}
