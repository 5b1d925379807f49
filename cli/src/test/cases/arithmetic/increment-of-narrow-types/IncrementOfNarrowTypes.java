import org.bpf4j.lang.Bpf;
import org.bpf4j.lang.Struct;
import org.bpf4j.lang.Syscall;

@Bpf(license = "GPL")
public final class IncrementOfNarrowTypes {

  @Struct
  static final class Args {
    byte b;
    short s;
    char c;
  }

  @Syscall
  static int count(Args args) {
    byte before = args.b++;
    short after = ++args.s;
    char down = args.c--;
    return before * 1_000_000 + after * 7 + down - --args.b;
  }
}
