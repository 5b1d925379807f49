import java.util.concurrent.atomic.AtomicInteger;
import org.bpf4j.lang.Bpf;
import org.bpf4j.lang.BpfHashMap;
import org.bpf4j.lang.BpfObjects;
import org.bpf4j.lang.KernelPointer;
import org.bpf4j.lang.ObjectStruct;
import org.bpf4j.lang.Struct;
import org.bpf4j.lang.Syscall;

/// Objects that entries of a map keep, one each, without a lock.
@Bpf(license = "GPL")
public final class Kept {

  @ObjectStruct
  static final class Note {
    long text;
    int reads;
  }

  @Struct
  static final class Slot {
    final AtomicInteger changes = new AtomicInteger();
    final KernelPointer<Note> note = new KernelPointer<>();
  }

  @Struct
  static final class Args {
    int key;
    int reads;
    long text;
  }

  static final BpfHashMap<Integer, Slot> slots = BpfHashMap.create(4);
  static final int[] weights = {1, 10, 100};

  @Syscall
  static int write(Args args) {
    Slot slot = slots.get(args.key);
    if (slot == null) {
      slots.put(args.key, new Slot());
      slot = slots.get(args.key);
      if (slot == null) {
        return -2;
      }
    }
    Note note = BpfObjects.allocate(Note.class);
    if (note == null) {
      return -1;
    }
    note.text = args.text;
    slot.changes.incrementAndGet();
    Note before = slot.note.exchange(note);
    if (before == null) {
      return 0;
    }
    args.text = before.text;
    args.reads = before.reads;
    BpfObjects.free(before);
    return 1;
  }

  /// Takes it out, reads it, and puts it back; what was put there meanwhile goes.
  @Syscall
  static int read(Args args) {
    Slot slot = slots.get(args.key);
    if (slot == null) {
      return -2;
    }
    Note note = slot.note.exchange(null);
    if (note == null) {
      return 0;
    }
    note.reads++;
    args.text = note.text + weights[args.reads];
    args.reads = note.reads;
    Note other = slot.note.exchange(note);
    if (other != null) {
      BpfObjects.free(other);
    }
    return 1;
  }

  @Syscall
  static int remove(Args args) {
    return slots.remove(args.key) ? 1 : 0;
  }
}
