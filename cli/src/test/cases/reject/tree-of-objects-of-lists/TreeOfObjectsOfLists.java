import org.bpf4j.lang.Bpf;
import org.bpf4j.lang.BpfArray;
import org.bpf4j.lang.BpfListNode;
import org.bpf4j.lang.BpfSpinLock;
import org.bpf4j.lang.BpfTree;
import org.bpf4j.lang.ObjectStruct;
import org.bpf4j.lang.Struct;
import org.bpf4j.lang.Tc;
import org.bpf4j.lang.TcAction;

@Bpf(license = "GPL")
public final class TreeOfObjectsOfLists {

  @ObjectStruct
  static final class Job {
    final BpfListNode node = new BpfListNode();
    long deadline;
  }

  @Struct
  static final class Jobs {
    final BpfSpinLock lock = new BpfSpinLock();
    final BpfTree<Job> waiting = new BpfTree<>();
  }

  static final BpfArray<Jobs> queues = BpfArray.create(2);

  @Tc
  static TcAction program() {
    Jobs jobs = queues.get(0);
    try (var _ = jobs.lock.lock()) {
      if (jobs.waiting.first() == null) {
        return TcAction.SHOT;
      }
    }
    return TcAction.OK;
  }
}
