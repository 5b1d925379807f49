import org.bpf4j.lang.Bpf;
import org.bpf4j.lang.BpfArray;
import org.bpf4j.lang.Struct;
import org.bpf4j.lang.Syscall;

/// Conditions that ask for the neighbour of an element.
@Bpf(license = "GPL", minKernel = "5.14")
public final class Neighbours {
  @Struct
  static final class Args {
    int result;
    final int[] values = new int[16];
  }

  @Struct
  static final class Row {
    final int[] values = new int[16];
  }

  static final BpfArray<Row> rows = BpfArray.create(1);

  @Syscall
  static int bubbles(Args args) {
    Row row = rows.get(0);
    for (int i = 0; i < 16; i++) {
      row.values[i] = args.values[i];
    }
    boolean swapped;
    int rounds = 0;
    do {
      swapped = false;
      for (int i = 0; i + 1 < row.values.length; i++) {
        if (row.values[i] > row.values[i + 1]) {
          int kept = row.values[i];
          row.values[i] = row.values[i + 1];
          row.values[i + 1] = kept;
          swapped = true;
        }
      }
    } while (swapped && ++rounds < 16);
    for (int i = 15; i - 1 >= 0; i -= 1) {
      args.values[i] = row.values[i];
    }
    args.result = rounds;
    return row.values[0];
  }

  @Syscall
  static int runs(Args args) {
    int longest = 0;
    int at = 0;
    while (at + 2 <= args.values.length) {
      longest += args.values[at] ^ args.values[at + 1];
      at += 2;
    }
    for (int i = 0, j = 15; i + 1 < j - 1; i++, j--) {
      longest += args.values[i] * args.values[j];
    }
    args.result = longest;
    return at;
  }
}
