import org.bpf4j.lang.Bpf;
import org.bpf4j.lang.BpfArray;
import org.bpf4j.lang.BpfObjects;
import org.bpf4j.lang.BpfSpinLock;
import org.bpf4j.lang.BpfTree;
import org.bpf4j.lang.BpfTreeNode;
import org.bpf4j.lang.ObjectStruct;
import org.bpf4j.lang.Struct;
import org.bpf4j.lang.Tc;
import org.bpf4j.lang.TcAction;

@Bpf(license = "GPL")
public final class ObjectThatNoTreeHas {

  @ObjectStruct
  static final class Job {
    final BpfTreeNode node = new BpfTreeNode();
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
    Job job = BpfObjects.allocate(Job.class);
    if (job == null) {
      return TcAction.SHOT;
    }
    Jobs jobs = queues.get(0);
    Job removed;
    try (var _ = jobs.lock.lock()) {
      removed = jobs.waiting.remove(job);
    }
    BpfObjects.free(job);
    if (removed != null) {
      BpfObjects.free(removed);
    }
    return TcAction.OK;
  }
}
