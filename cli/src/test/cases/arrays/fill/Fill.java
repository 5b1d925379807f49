import java.util.Arrays;
import org.bpf4j.lang.Bpf;
import org.bpf4j.lang.BpfArray;
import org.bpf4j.lang.Struct;
import org.bpf4j.lang.Syscall;

@Bpf(license = "GPL")
public final class Fill {

  enum Colour {
    RED,
    GREEN,
    BLUE
  }

  @Struct
  static final class Args {
    int from;
    int to;
    long value;
    final byte[] bytes = new byte[12];
    final short[] shorts = new short[5];
  }

  @Struct
  static final class Table {
    final int[] ints = new int[7];
    final boolean[] flags = new boolean[9];
    final Colour[] colours = new Colour[3];
  }

  static final BpfArray<Table> tables = BpfArray.create(1);
  static final byte[] large = new byte[1_003];
  static final long[] longs = new long[6];

  @Syscall
  static int whole(Args args) {
    Arrays.fill(args.bytes, (byte) args.value);
    Arrays.fill(args.shorts, (short) args.value);
    Table table = tables.get(0);
    Arrays.fill(table.ints, (int) args.value);
    Arrays.fill(table.flags, args.value != 0);
    Arrays.fill(table.colours, Colour.BLUE);
    int[] local = new int[10];
    Arrays.fill(local, 3);
    char[] letters = new char[5];
    Arrays.fill(letters, 'x');
    int sum = 0;
    for (int number : table.ints) {
      sum += number;
    }
    for (boolean flag : table.flags) {
      sum += flag ? 1_000 : 0;
    }
    for (Colour colour : table.colours) {
      sum += colour.ordinal() * 100_000;
    }
    for (int number : local) {
      sum += number;
    }
    return sum + letters[4] - 'x';
  }

  @Syscall
  static int part(Args args) {
    Arrays.fill(longs, 0L);
    Arrays.fill(longs, args.from, args.to, args.value);
    long sum = 0;
    for (int i = 0; i < longs.length; i++) {
      sum += longs[i] * (i + 1);
    }
    return (int) sum;
  }

  @Syscall
  static int stack(Args args) {
    short[] local = {1, 2, 3, 4, 5, 6};
    Arrays.fill(local, args.from, args.to, (short) args.value);
    Arrays.fill(local, 4, 6, (short) 9);
    return local[0] + 10 * local[1] + 100 * local[2] + 1000 * local[3] + 10000 * local[5];
  }

  @Syscall
  static int many(Args args) {
    Arrays.fill(large, (byte) args.value);
    Arrays.fill(large, 1, 1_002, (byte) (args.value + 1));
    int sum = 0;
    for (byte each : large) {
      sum += each;
    }
    return sum * 100 + large[0] + large[1_002];
  }
}
