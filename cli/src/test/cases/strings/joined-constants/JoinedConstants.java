import org.bpf4j.lang.Bpf;
import org.bpf4j.lang.BpfString;
import org.bpf4j.lang.Struct;
import org.bpf4j.lang.Syscall;

@Bpf(license = "GPL")
public final class JoinedConstants {
  static final char SEPARATOR = '/';

  @Struct
  static final class Args {
    int a;
    int b;
  }

  @Syscall
  static int joined(Args args) {
    BpfString path = BpfString.ofSize(16);
    path.format("%c/x", 'a');
    int found = 0;
    if (path.startsWith("a" + SEPARATOR)) found |= 1;
    if (path.startsWith("a" + '/')) found |= 2;
    if (path.contentEquals("a" + SEPARATOR + "x")) found |= 4;
    final String prefix = "a" + SEPARATOR;
    if (path.startsWith(prefix)) found |= 8;
    if (path.startsWith("" + (char) (SEPARATOR + 50) + SEPARATOR)) found |= 16;
    if (path.startsWith('a' + "/x")) found |= 32;
    return found + ("x" + (byte) 300 + 1L + true + 'c' + 1.5 + 2f + (1 + "z")).length() * 1_000;
  }
}
