import java.util.Arrays;
import org.bpf4j.lang.Bpf;
import org.bpf4j.lang.Struct;
import org.bpf4j.lang.Syscall;

@Bpf(license = "GPL")
public final class Compare {

  enum Mode {
    READ,
    WRITE
  }

  @Struct
  static final class Args {
    final byte[] name = new byte[11];
    final boolean[] flags = new boolean[3];
    final Mode[] modes = new Mode[2];
    final long[] numbers = new long[2];
  }

  static final byte[] WANTED = {'b', 'p', 'f', 0, 0, 0, 0, 0, 0, 0, 1};
  static final byte[] large = new byte[701];
  static final byte[] other = new byte[701];

  @Syscall
  static int all(Args args) {
    int result = Arrays.equals(args.name, WANTED) ? 1 : 0;
    boolean[] flags = {true, false, true};
    result += Arrays.equals(args.flags, flags) ? 2 : 0;
    Mode[] modes = {Mode.WRITE, Mode.READ};
    result += Arrays.equals(args.modes, modes) ? 4 : 0;
    result += Arrays.equals(args.numbers, new long[] {5, -1}) ? 8 : 0;
    result += Arrays.equals(args.name, new byte[10]) ? 16 : 0;
    return result;
  }

  @Syscall
  static int many(Args args) {
    Arrays.fill(large, (byte) 7);
    Arrays.fill(other, (byte) 7);
    int before = Arrays.equals(large, other) ? 1 : 0;
    other[(int) args.numbers[0]]++;
    return before + (Arrays.equals(large, other) ? 2 : 0);
  }
}
