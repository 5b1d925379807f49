import org.bpf4j.lang.Bpf;
import org.bpf4j.lang.BpfString;
import org.bpf4j.lang.Struct;
import org.bpf4j.lang.Syscall;

@Bpf(license = "GPL")
public final class TextVariables {
  @Struct
  static final class Args {
    int a;
    final BpfString text = BpfString.ofSize(16);
  }

  @Syscall
  static int assigned(Args args) {
    String want = "a";
    if (args.a > 1) {
      want = "b";
    }
    return args.text.contentEquals(want) ? 1 : 2;
  }

  @Syscall
  static int later(Args args) {
    String want;
    want = "a";
    return args.text.contentEquals(want) ? 1 : 2;
  }
}
