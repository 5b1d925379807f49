import org.bpf4j.lang.Bpf;
import org.bpf4j.lang.BpfArray;
import org.bpf4j.lang.BpfObjects;
import org.bpf4j.lang.BpfSpinLock;
import org.bpf4j.lang.BpfTree;
import org.bpf4j.lang.BpfTreeNode;
import org.bpf4j.lang.ObjectStruct;
import org.bpf4j.lang.Struct;
import org.bpf4j.lang.Syscall;

/// A table that is searched from the root of a tree.
@Bpf(license = "GPL", minKernel = "6.16")
public final class Searched {

  @ObjectStruct
  static final class Entry {
    int key;
    int reads;
    long value;
    final BpfTreeNode node = new BpfTreeNode();
  }

  @Struct
  static final class Table {
    final BpfSpinLock lock = new BpfSpinLock();
    final BpfTree<Entry> entries = new BpfTree<>();
    int count;
  }

  @Struct
  static final class Args {
    int key;
    int reads;
    long value;
  }

  static final BpfArray<Table> tables = BpfArray.create(1);

  @Syscall
  static int put(Args args) {
    Entry entry = BpfObjects.allocate(Entry.class);
    if (entry == null) {
      return -1;
    }
    entry.key = args.key;
    entry.value = args.value;
    Table table = tables.get(0);
    try (var _ = table.lock.lock()) {
      table.entries.add(entry, (one, other) -> one.key < other.key);
      table.count++;
    }
    return 0;
  }

  @Syscall
  static int get(Args args) {
    int key = args.key;
    Table table = tables.get(0);
    boolean found = false;
    long value = 0;
    int reads = 0;
    try (var _ = table.lock.lock()) {
      Entry at = table.entries.root();
      while (at != null && at.key != key) {
        at = key < at.key ? table.entries.left(at) : table.entries.right(at);
      }
      if (at != null) {
        found = true;
        at.reads++;
        value = at.value;
        reads = at.reads;
      }
    }
    args.value = value;
    args.reads = reads;
    return found ? 1 : 0;
  }

  @Syscall
  static int remove(Args args) {
    int key = args.key;
    Table table = tables.get(0);
    Entry gone = null;
    try (var _ = table.lock.lock()) {
      Entry at = table.entries.root();
      while (at != null && at.key != key) {
        at = key < at.key ? table.entries.left(at) : table.entries.right(at);
      }
      if (at != null) {
        gone = table.entries.remove(at);
        table.count--;
      }
    }
    if (gone == null) {
      return 0;
    }
    args.value = gone.value;
    BpfObjects.free(gone);
    return 1;
  }
}
