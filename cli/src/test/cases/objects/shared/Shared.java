import org.bpf4j.lang.Bpf;
import org.bpf4j.lang.BpfArray;
import org.bpf4j.lang.BpfList;
import org.bpf4j.lang.BpfListNode;
import org.bpf4j.lang.BpfObjects;
import org.bpf4j.lang.BpfRefcount;
import org.bpf4j.lang.BpfSpinLock;
import org.bpf4j.lang.BpfTree;
import org.bpf4j.lang.BpfTreeNode;
import org.bpf4j.lang.KernelPointer;
import org.bpf4j.lang.ObjectStruct;
import org.bpf4j.lang.Struct;
import org.bpf4j.lang.Syscall;

/// Jobs in the order of their arrival and in that of their deadlines, and one that is remembered.
@Bpf(license = "GPL")
public final class Shared {

  @ObjectStruct
  static final class Job {
    long deadline;
    final BpfListNode byArrival = new BpfListNode();
    short id;
    final BpfRefcount owners = new BpfRefcount();
    final BpfTreeNode byDeadline = new BpfTreeNode();
    int taken;
  }

  @Struct
  static final class Jobs {
    final BpfSpinLock lock = new BpfSpinLock();
    final BpfList<Job> arrived = new BpfList<>();
    final BpfTree<Job> due = new BpfTree<>();
    int both;
  }

  @Struct
  static final class Slot {
    final KernelPointer<Job> job = new KernelPointer<>();
  }

  @Struct
  static final class Args {
    int id;
    int taken;
    long deadline;
  }

  static final BpfArray<Jobs> queues = BpfArray.create(2);
  static final BpfArray<Slot> slots = BpfArray.create(1);
  static final int[] weights = {1, 10, 100};

  @Syscall
  static int add(Args args) {
    Job job = BpfObjects.allocate(Job.class);
    if (job == null) {
      return -1;
    }
    job.deadline = args.deadline;
    job.id = (short) args.id;
    Job other = BpfObjects.share(job);
    if (other == null) {
      BpfObjects.free(job);
      return -2;
    }
    Jobs jobs = queues.get(0);
    boolean first;
    boolean second;
    try (var _ = jobs.lock.lock()) {
      first = jobs.arrived.offerLast(job);
      second = jobs.due.add(other, (one, another) -> one.deadline < another.deadline);
      jobs.both++;
    }
    return first && second ? 0 : -3;
  }

  private static void tell(Args args, Job job) {
    job.taken++;
    args.id = job.id;
    args.taken = job.taken;
    args.deadline = job.deadline;
  }

  @Syscall
  static int takeOldest(Args args) {
    Jobs jobs = queues.get(0);
    Job job;
    try (var _ = jobs.lock.lock()) {
      job = jobs.arrived.pollFirst();
    }
    if (job == null) {
      return 0;
    }
    tell(args, job);
    BpfObjects.free(job);
    return 1;
  }

  @Syscall
  static int takeDue(Args args) {
    Jobs jobs = queues.get(0);
    Job job = null;
    try (var _ = jobs.lock.lock()) {
      Job first = jobs.due.first();
      if (first != null) {
        job = jobs.due.remove(first);
      }
    }
    if (job == null) {
      return 0;
    }
    tell(args, job);
    BpfObjects.free(job);
    return 1;
  }

  /// An object that a list has already is not put there again.
  @Syscall
  static int again(Args args) {
    Job job = null;
    Jobs jobs = queues.get(0);
    try (var _ = jobs.lock.lock()) {
      Job first = jobs.due.first();
      if (first != null) {
        job = BpfObjects.share(first);
      }
    }
    if (job == null) {
      return -1;
    }
    args.id = job.id;
    boolean added;
    try (var _ = jobs.lock.lock()) {
      added = jobs.arrived.offerFirst(job);
    }
    return added ? 1 : 0;
  }

  /// Remembers what is due first, which stays where it is.
  @Syscall
  static int remember(Args args) {
    Jobs jobs = queues.get(0);
    Job job = null;
    try (var _ = jobs.lock.lock()) {
      Job first = jobs.due.first();
      if (first != null) {
        job = BpfObjects.share(first);
      }
    }
    if (job == null) {
      return 0;
    }
    Slot slot = slots.get(0);
    job.deadline += weights[args.taken];
    Job old = slot.job.exchange(job);
    if (old != null) {
      args.id = old.id;
      args.deadline = old.deadline;
      BpfObjects.free(old);
      return 2;
    }
    return 1;
  }
}
