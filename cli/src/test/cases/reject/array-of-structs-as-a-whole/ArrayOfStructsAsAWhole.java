import java.util.Arrays;
import org.bpf4j.lang.Bpf;
import org.bpf4j.lang.Struct;
import org.bpf4j.lang.Structs;
import org.bpf4j.lang.Syscall;

@Bpf(license = "GPL")
public final class ArrayOfStructsAsAWhole {

  @Struct
  static final class Slot {
    int used;
  }

  @Struct
  static final class Table {
    final Slot[] slots = Structs.fill(new Slot[4], Slot::new);
    final int[] numbers = new int[4];
    int length;
  }

  static final int[] constant = {1, 2};

  @Syscall
  static int copies(Table table) {
    Slot[] other = Structs.fill(new Slot[4], Slot::new);
    System.arraycopy(table.slots, 0, other, 0, 4);
    long[] longs = new long[4];
    System.arraycopy(table.numbers, 0, longs, 0, 4);
    boolean same = Arrays.equals(table.numbers, 0, 2, table.numbers, 2, 4);
    return same ? 1 : 0;
  }
}
