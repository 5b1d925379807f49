import org.bpf4j.lang.Bpf;
import org.bpf4j.lang.BpfArray;
import org.bpf4j.lang.BpfList;
import org.bpf4j.lang.BpfListNode;
import org.bpf4j.lang.ObjectStruct;
import org.bpf4j.lang.Struct;
import org.bpf4j.lang.Tc;
import org.bpf4j.lang.TcAction;

@Bpf(license = "GPL")
public final class ListBesideNoLock {

  @ObjectStruct
  static final class Job {
    final BpfListNode node = new BpfListNode();
    long deadline;
  }

  @Struct
  static final class Jobs {
    int count;
    final BpfList<Job> waiting = new BpfList<>();
  }

  static final BpfArray<Jobs> queues = BpfArray.create(2);

  @Tc
  static TcAction program() {
    queues.get(0).count = 1;
    return TcAction.OK;
  }
}
