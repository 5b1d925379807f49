import org.bpf4j.lang.Bpf;
import org.bpf4j.lang.Struct;
import org.bpf4j.lang.Syscall;

@Bpf(license = "GPL")
public final class FloorDivision {

  @Struct
  static final class Args {
    int a;
    int b;
  }

  @Syscall
  static int floor(Args args) {
    return Math.floorDiv(args.a, args.b) * 100 + Math.floorMod(args.a, args.b);
  }
}
