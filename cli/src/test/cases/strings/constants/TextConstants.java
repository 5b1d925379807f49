import org.bpf4j.lang.Bpf;
import org.bpf4j.lang.BpfString;
import org.bpf4j.lang.Struct;
import org.bpf4j.lang.Syscall;

@Bpf(license = "GPL")
public final class TextConstants {

  static final String NAME = "bpf" + "4j";
  static final int LENGTH = 2;

  @Struct
  static final class Args {
    final BpfString text = BpfString.ofSize(NAME.length() + 3);
    final byte[] bytes = new byte["four".length()];
  }

  @Syscall
  static int of(Args args) {
    byte[] local = new byte[NAME.length()];
    local[0] = (byte) NAME.charAt(LENGTH + 1);
    int length = args.text.length();
    int known =
        (NAME.isEmpty() ? 1 : 0)
            + (NAME.startsWith("bpf") ? 10 : 0)
            + (NAME.endsWith("4j") ? 100 : 0)
            + (NAME.contains("f4") ? 1_000 : 0)
            + (NAME.equals("bpf4j") ? 10_000 : 0);
    return known
        + (length == NAME.length() ? 100_000 : 0)
        + local[0] * 1_000_000
        + NAME.indexOf('4')
        + NAME.indexOf("x")
        + local.length
        + args.bytes.length
        + (NAME.hashCode() & 1);
  }

  @Syscall
  static int named(Args args) {
    String prefix = NAME.isEmpty() ? "" : "ab";
    var all = prefix + "cde";
    if (args.text.contentEquals(all)) {
      args.text.copyFrom(prefix);
      return all.length();
    }
    return args.text.startsWith(prefix) ? prefix.length() : -1;
  }
}
