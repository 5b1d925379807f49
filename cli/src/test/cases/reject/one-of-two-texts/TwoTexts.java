import org.bpf4j.lang.Bpf;
import org.bpf4j.lang.BpfString;
import org.bpf4j.lang.Struct;
import org.bpf4j.lang.Syscall;

@Bpf(license = "GPL")
public final class TwoTexts {
  @Struct
  static final class Args {
    int a;
    final BpfString text = BpfString.ofSize(16);
  }

  @Syscall
  static int program(Args args) {
    String want = args.a > 1 ? "a" : "b";
    return args.text.contentEquals(want) ? 1 : 2;
  }
}
