import org.bpf4j.lang.Bpf;
import org.bpf4j.lang.BpfArray;
import org.bpf4j.lang.Struct;
import org.bpf4j.lang.Syscall;

@Bpf(license = "GPL")
public final class Copy {

  @Struct
  static final class Args {
    int from;
    int to;
    int length;
    final byte[] bytes = new byte[12];
  }

  @Struct
  static final class Row {
    final int[] cells = new int[8];
    final int[] others = new int[8];
  }

  static final BpfArray<Row> rows = BpfArray.create(2);
  static final byte[] text = new byte[16];
  static final long[] large = new long[200];

  static int digits(int[] cells) {
    int number = 0;
    for (int cell : cells) {
      number = number * 10 + cell;
    }
    return number;
  }

  static void count(int[] cells) {
    for (int i = 0; i < cells.length; i++) {
      cells[i] = i + 1;
    }
  }

  @Syscall
  static int within(Args args) {
    Row row = rows.get(0);
    count(row.cells);
    System.arraycopy(row.cells, args.from, row.cells, args.to, args.length);
    return digits(row.cells);
  }

  @Syscall
  static int between(Args args) {
    Row row = rows.get(0);
    count(row.cells);
    for (int i = 0; i < row.others.length; i++) {
      row.others[i] = 0;
    }
    System.arraycopy(row.cells, args.from, row.others, args.to, args.length);
    return digits(row.others);
  }

  @Syscall
  static int perhapsOne(Args args) {
    Row one = rows.get(0);
    Row other = rows.get(args.length & 1);
    count(one.cells);
    count(other.cells);
    System.arraycopy(one.cells, args.from, other.cells, args.to, 3);
    System.arraycopy(one.cells, 0, other.cells, 1, 7);
    return digits(other.cells);
  }

  @Syscall
  static int constant(Args args) {
    int[] cells = new int[8];
    count(cells);
    System.arraycopy(cells, 0, cells, 2, 5);
    System.arraycopy(cells, 4, cells, 3, 4);
    System.arraycopy(cells, 0, cells, 0, 8);
    System.arraycopy(args.bytes, 2, text, 5, 7);
    System.arraycopy(text, 5, args.bytes, 0, 4);
    return digits(cells) + args.bytes[3];
  }

  @Syscall
  static int onTheStack(Args args) {
    int[] from = new int[8];
    int[] to = new int[5];
    count(from);
    System.arraycopy(from, args.from, to, args.to, args.length);
    System.arraycopy(from, args.from, to, 4, 1);
    return digits(to);
  }

  @Syscall
  static int many(Args args) {
    for (int i = 0; i < large.length; i++) {
      large[i] = i;
    }
    System.arraycopy(large, 0, large, 1, 199);
    System.arraycopy(large, 100, large, 99, 100);
    long sum = 0;
    for (int i = 0; i < large.length; i++) {
      sum += large[i] * i;
    }
    return (int) sum;
  }
}
