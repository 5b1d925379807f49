import java.util.concurrent.atomic.AtomicLong;
import org.bpf4j.lang.Bpf;
import org.bpf4j.lang.BpfTaskStorage;
import org.bpf4j.lang.Helpers;
import org.bpf4j.lang.KernelStruct;
import org.bpf4j.lang.Struct;
import org.bpf4j.lang.Syscall;

@Bpf(license = "GPL", minKernel = "6.1")
public final class TaskStorage {

  @KernelStruct
  interface TaskStruct {}

  @Struct
  static final class Seen {
    int calls;
    long last;
  }

  static final BpfTaskStorage<Seen> seen = BpfTaskStorage.create();
  static final BpfTaskStorage<AtomicLong> counts = BpfTaskStorage.create();

  static boolean before;
  static int calls;
  static boolean removed;
  static boolean removedTwice;

  @Syscall
  static int count() {
    TaskStruct task = Helpers.getCurrentTaskBtf(TaskStruct.class);
    before = seen.get(task) != null;
    Seen mine = seen.getOrCreate(task);
    AtomicLong count = counts.getOrCreate(task);
    if (mine == null || count == null) {
      return -1;
    }
    mine.calls += 2;
    calls = mine.calls + (int) count.incrementAndGet();
    return 1;
  }

  @Syscall
  static int forget() {
    TaskStruct task = Helpers.getCurrentTaskBtf(TaskStruct.class);
    removed = seen.delete(task);
    removedTwice = seen.delete(task);
    return 2;
  }
}
