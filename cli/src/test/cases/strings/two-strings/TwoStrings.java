import org.bpf4j.lang.Bpf;
import org.bpf4j.lang.BpfHashMap;
import org.bpf4j.lang.BpfString;
import org.bpf4j.lang.Struct;
import org.bpf4j.lang.Syscall;

@Bpf(license = "GPL")
public final class TwoStrings {

  @Struct
  static final class Name {
    final BpfString text = BpfString.ofSize(16);
  }

  @Struct
  static final class Args {
    final BpfString one = BpfString.ofSize(12);
    final BpfString other = BpfString.ofSize(9);
  }

  static final BpfHashMap<Integer, Name> names = BpfHashMap.create(4);

  private static int kind(BpfString text) {
    return switch (text.text()) {
      case "bash", "sh" -> 1;
      case "systemd" -> 2;
      default -> 0;
    };
  }

  @Syscall
  static int compare(Args args) {
    int result = args.one.contentEquals(args.other) ? 1 : 0;
    result += args.other.contentEquals(args.one) ? 2 : 0;
    Name name = names.get(0);
    if (name != null) {
      result += name.text.contentEquals(args.one) ? 4 : 0;
      name.text.copyFrom("systemd");
      result += 10 * kind(name.text);
    }
    Name local = new Name();
    local.text.copyFrom("a text that is too long");
    result += local.text.length() == 16 && local.text.startsWith("a text that") ? 100 : 0;
    return result + 1000 * kind(args.one);
  }
}
