import org.bpf4j.lang.Bpf;
import org.bpf4j.lang.BpfString;
import org.bpf4j.lang.Struct;
import org.bpf4j.lang.Syscall;

@Bpf(license = "GPL")
public final class StringOfUnknownSize {

  @Struct
  static final class Args {
    int size;
  }

  @Syscall
  static int some(Args args) {
    BpfString text = BpfString.ofSize(args.size);
    return text.length();
  }

  @Syscall
  static int either(Args args) {
    BpfString text = args.size > 8 ? BpfString.ofSize(16) : BpfString.ofSize(8);
    return text.length();
  }
}
