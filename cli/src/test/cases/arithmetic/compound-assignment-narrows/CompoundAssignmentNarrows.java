import org.bpf4j.lang.Bpf;
import org.bpf4j.lang.Struct;
import org.bpf4j.lang.Syscall;

@Bpf(license = "GPL")
public final class CompoundAssignmentNarrows {

  @Struct
  static final class Args {
    byte b;
    short s;
    char c;
    int i;
  }

  @Syscall
  static int change(Args args) {
    args.b += 200;
    args.s *= 3;
    args.c -= 1;
    args.i += 5_000_000_000L;
    byte local = args.b;
    local >>>= 1;
    local <<= 3;
    return local;
  }
}
