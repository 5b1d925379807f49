import org.bpf4j.lang.Bpf;
import org.bpf4j.lang.BpfString;
import org.bpf4j.lang.Struct;
import org.bpf4j.lang.Syscall;

@Bpf(license = "GPL")
public final class Comparisons {

  @Struct
  static final class Args {
    final BpfString name = BpfString.ofSize(16);
  }

  @Syscall
  static int kind(Args args) {
    if (args.name.startsWith("/proc/")) {
      return 1;
    }
    return switch (args.name.text()) {
      case "bash" -> 2;
      case "sh", "zsh" -> 3;
      case "" -> 4;
      default -> args.name.contentEquals("a\u00e9") ? 5 : args.name.size();
    };
  }

  @Syscall
  static int clear(Args args) {
    byte before = args.name.byteAt(3);
    args.name.clear();
    return before;
  }
}
