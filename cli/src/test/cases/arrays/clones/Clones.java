import java.util.Arrays;
import org.bpf4j.lang.Bpf;
import org.bpf4j.lang.Struct;
import org.bpf4j.lang.Syscall;

@Bpf(license = "GPL")
public final class Clones {

  @Struct
  static final class Args {
    int a;
    final short[] values = new short[4];
  }

  static final int[] table = {3, 1, 4, 1, 5};

  @Syscall
  static int clones(Args args) {
    short[] copy = args.values.clone();
    copy[1] = 9;
    int[] own = table.clone();
    own[0] += args.a;
    int[] longer = Arrays.copyOf(own, 7);
    longer[6] = 1;
    int[] part = Arrays.copyOfRange(longer, 2, 4);
    int[] beyond = Arrays.copyOfRange(table, 3, 6);
    return copy[0]
        + copy[1] * 10
        + args.values[1] * 100
        + own[0] * 1_000
        + longer[0]
        + longer.length * 10_000
        + longer[5]
        + part[0] * 100_000
        + part[1] * 1_000_000
        + beyond[1] * 10_000_000
        + beyond[2];
  }
}
