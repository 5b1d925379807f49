import java.nio.charset.StandardCharsets;
import org.bpf4j.lang.Bpf;
import org.bpf4j.lang.Struct;
import org.bpf4j.lang.Syscall;

@Bpf(license = "GPL")
public final class Tables {
  static final String DIGITS = "0123456789abcdef";
  static final String WIDE = "aé€" + DIGITS;
  static final char[] HEX = "0123456789ABCDEF".toCharArray();
  private static final byte[] BYTES = DIGITS.getBytes(StandardCharsets.US_ASCII);

  interface Names {
    String VOWELS = "aeiou";
  }

  @Struct
  static final class Args {
    int a;
    int b;
    final byte[] text = new byte[16];
  }

  @Syscall
  static int characters(Args args) {
    return DIGITS.charAt(args.a) * 1_000 + WIDE.charAt(args.b) + Names.VOWELS.charAt(args.a & 3);
  }

  @Syscall
  static int arrays(Args args) {
    return HEX[args.a] * 1_000 + BYTES[args.b & 15] + HEX.length + BYTES.length + DIGITS.length();
  }

  @Syscall
  static int hex(Args args) {
    for (int i = 0; i < 8; i++) {
      args.text[i] = (byte) DIGITS.charAt(args.a >>> 28 - 4 * i & 15);
      args.text[8 + i] = (byte) HEX[args.b >>> 28 - 4 * i & 15];
    }
    return args.text[0];
  }

  static int count(int n) {
    int vowels = 0;
    for (int i = 0; i < DIGITS.length(); i++) {
      for (int j = 0; j < Names.VOWELS.length(); j++) {
        if (DIGITS.charAt(i) == Names.VOWELS.charAt(j)) vowels += n;
      }
    }
    return vowels;
  }

  @Syscall
  static int vowels(Args args) {
    return count(args.a);
  }
}
