import org.bpf4j.lang.Bpf;
import org.bpf4j.lang.BpfHashMap;
import org.bpf4j.lang.BpfObjects;
import org.bpf4j.lang.BpfSpinLock;
import org.bpf4j.lang.BpfTree;
import org.bpf4j.lang.BpfTreeNode;
import org.bpf4j.lang.ObjectStruct;
import org.bpf4j.lang.Struct;
import org.bpf4j.lang.Syscall;

/// A queue in the order of deadlines; of equal ones the first comes first.
@Bpf(license = "GPL")
public final class Deadlines {

  @ObjectStruct
  static final class Job {
    final BpfTreeNode node = new BpfTreeNode();
    long deadline;
    int id;
  }

  @Struct
  static final class Jobs {
    final BpfTree<Job> waiting = new BpfTree<>();
    final BpfSpinLock lock = new BpfSpinLock();
    int count;
    long next;
  }

  @Struct
  static final class Args {
    int queue;
    int id;
    long deadline;
  }

  static final BpfHashMap<Integer, Jobs> queues = BpfHashMap.create(4);

  @Syscall
  static int add(Args args) {
    Jobs jobs = queues.get(args.queue);
    if (jobs == null) {
      queues.put(args.queue, new Jobs());
      jobs = queues.get(args.queue);
      if (jobs == null) {
        return -3;
      }
    }
    Job job = BpfObjects.allocate(Job.class);
    if (job == null) {
      return -1;
    }
    job.deadline = args.deadline;
    job.id = args.id;
    boolean added;
    try (var _ = jobs.lock.lock()) {
      added = jobs.waiting.add(job, (one, other) -> one.deadline < other.deadline);
      if (added) {
        jobs.count++;
      }
      Job first = jobs.waiting.first();
      jobs.next = first == null ? 0 : first.deadline;
    }
    return added ? 0 : -2;
  }

  /// Takes out the first whose time has come.
  @Syscall
  static int due(Args args) {
    Jobs jobs = queues.get(args.queue);
    if (jobs == null) {
      return -1;
    }
    Job job = null;
    try (var _ = jobs.lock.lock()) {
      Job first = jobs.waiting.first();
      if (first != null && first.deadline <= args.deadline) {
        first.id += 100;
        job = jobs.waiting.remove(first);
        jobs.count--;
      }
    }
    if (job == null) {
      return 0;
    }
    args.id = job.id;
    args.deadline = job.deadline;
    BpfObjects.free(job);
    return 1;
  }

  @Syscall
  static int remove(Args args) {
    return queues.remove(args.queue) ? 1 : 0;
  }
}
