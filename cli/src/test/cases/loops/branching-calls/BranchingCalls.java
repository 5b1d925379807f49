import org.bpf4j.lang.Bpf;
import org.bpf4j.lang.Struct;
import org.bpf4j.lang.Syscall;

/// Loops call functions that are long, branch often, or loop themselves.
@Bpf(license = "GPL")
public final class BranchingCalls {
  @Struct
  static final class Args {
    long value;
    int rounds;
    int result;
  }

  @Syscall
  static int counted(Args args) {
    int sum = 0;
    for (int i = 0; i < 900; i++) {
      sum += rank(args.value + i);
    }
    args.result = sum;
    return sum;
  }

  @Syscall
  static int looping(Args args) {
    int sum = 0;
    for (int i = 0; i < args.rounds; i++) {
      sum += bits(args.value + i) - bits(i);
    }
    args.result = sum;
    return sum;
  }

  private static int rank(long value) {
    int rank = 0;
    if ((value & 0x1) != 0) rank += 3;
    if ((value & 0x12) == 0x10) rank -= 5;
    if (value % 3 == 1) rank += value > 1_000 ? 7 : 1;
    if ((value >> 5 & 3) == 2) rank ^= 9;
    if (value < 0) rank -= 2;
    if ((value & 0x700) == 0x300) rank += 11;
    if ((value & 0x7000) == 0x3000) rank += 13;
    return (value & 0x30000) == 0x10000 ? rank : rank + 1;
  }

  private static int bits(long value) {
    int bits = 0;
    for (int i = 0; i < 64; i++) {
      if ((value >>> i & 1) != 0) {
        bits++;
      }
    }
    return bits;
  }
}
