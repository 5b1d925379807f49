import org.bpf4j.lang.Bpf;
import org.bpf4j.lang.BpfArray;
import org.bpf4j.lang.BpfList;
import org.bpf4j.lang.BpfListNode;
import org.bpf4j.lang.BpfSpinLock;
import org.bpf4j.lang.BpfTreeNode;
import org.bpf4j.lang.ObjectStruct;
import org.bpf4j.lang.Struct;
import org.bpf4j.lang.Tc;
import org.bpf4j.lang.TcAction;

@Bpf(license = "GPL")
public final class NobodyCounts {

  @ObjectStruct
  static final class Job {
    final BpfListNode one = new BpfListNode();
    final BpfTreeNode other = new BpfTreeNode();
    long deadline;
  }

  @Struct
  static final class Jobs {
    final BpfSpinLock lock = new BpfSpinLock();
    final BpfList<Job> waiting = new BpfList<>();
  }

  static final BpfArray<Jobs> queues = BpfArray.create(2);

  @Tc
  static TcAction program() {
    Jobs jobs = queues.get(0);
    try (var _ = jobs.lock.lock()) {
      jobs.waiting.peekFirst();
    }
    return TcAction.OK;
  }
}
