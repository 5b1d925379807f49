import java.util.concurrent.atomic.AtomicLong;
import org.bpf4j.lang.Bpf;
import org.bpf4j.lang.BpfHashMap;
import org.bpf4j.lang.Helpers;
import org.bpf4j.lang.Struct;
import org.bpf4j.lang.Structs;
import org.bpf4j.lang.Syscall;

@Bpf(license = "GPL")
public final class Board {

  @Struct
  static final class Slot {
    short used;
    int value;
  }

  @Struct
  static final class Args {
    int row;
    int column;
    final Slot[][] slots = Structs.fillRows(new Slot[2][2], Slot::new);
  }

  @Struct
  static final class Table {
    final Slot[][] slots = Structs.fillRows(new Slot[2][3], Slot::new);
    final AtomicLong[][] counts = {
      {new AtomicLong(), new AtomicLong()}, {new AtomicLong(), new AtomicLong()}
    };
  }

  static final BpfHashMap<Integer, Table> tables = BpfHashMap.create(4);
  static final Slot[][] shared = Structs.fillRows(new Slot[3][2], Slot::new);

  static void mark(Slot slot, int value) {
    slot.used = 1;
    slot.value = value;
  }

  static int used(Slot[][] slots) {
    int used = 0;
    for (Slot[] row : slots) {
      for (Slot slot : row) {
        used += slot.used;
      }
    }
    return used;
  }

  @Syscall
  static int inMap(Args args) {
    tables.put(7, new Table());
    Table table = tables.get(7);
    if (table == null) {
      return -1;
    }
    mark(table.slots[args.row][args.column], 5);
    mark(table.slots[1][2], 6);
    table.counts[args.row][1].incrementAndGet();
    shared[args.column][args.row].value += 3;
    Helpers.copy(table.slots[1][2], args.slots[args.row][0]);
    return used(table.slots);
  }

  @Syscall
  static int local(Args args) {
    Slot[][] slots = Structs.fillRows(new Slot[2][2], Slot::new);
    Slot[][] listed = {{new Slot(), new Slot()}, {new Slot(), new Slot()}};
    mark(slots[args.row][args.column], 9);
    Helpers.loop(
        2,
        i -> {
          mark(listed[i][args.column], i);
          return true;
        });
    return used(slots) * 10 + used(listed) + slots[1][0].value * 100;
  }
}
