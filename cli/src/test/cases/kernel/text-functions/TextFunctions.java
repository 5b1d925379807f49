import org.bpf4j.lang.Bpf;
import org.bpf4j.lang.BpfString;
import org.bpf4j.lang.Kfunc;
import org.bpf4j.lang.Struct;
import org.bpf4j.lang.Syscall;

/// Functions of the kernel that take texts, constant and not.
@Bpf(license = "GPL")
public final class TextFunctions {

  @Struct
  static final class Args {
    final BpfString text = BpfString.ofSize(16);
    int way;
  }

  @Kfunc(since = "6.17")
  static native int bpfStrcmp(BpfString one, String other);

  @Kfunc(value = "bpf_strcmp", since = "6.17")
  static native int compare(BpfString one, BpfString other);

  @Kfunc(since = "6.17")
  static native int bpfStrlen(BpfString text);

  @Kfunc(since = "6.17")
  static native int bpfStrnlen(BpfString text, long most);

  @Kfunc(since = "6.17")
  static native int bpfStrchr(BpfString text, byte character);

  @Kfunc(since = "6.17")
  static native int bpfStrstr(BpfString text, String part);

  @Kfunc(since = "6.17")
  static native int bpfStrspn(BpfString text, String accepted);

  static final BpfString kept = BpfString.ofSize(16);

  @Syscall
  static int ask(Args args) {
    return switch (args.way) {
      case 0 -> bpfStrcmp(args.text, "/usr/bin");
      case 1 -> bpfStrlen(args.text);
      case 2 -> bpfStrnlen(args.text, 3);
      case 3 -> bpfStrchr(args.text, (byte) 'b');
      case 4 -> bpfStrstr(args.text, "bin");
      case 5 -> bpfStrspn(args.text, "/usr");
      default -> {
        kept.copyFrom("/usr");
        yield compare(kept, args.text);
      }
    };
  }
}
