import org.bpf4j.lang.Bpf;
import org.bpf4j.lang.BpfArray;
import org.bpf4j.lang.BpfList;
import org.bpf4j.lang.BpfListNode;
import org.bpf4j.lang.BpfObjects;
import org.bpf4j.lang.BpfSpinLock;
import org.bpf4j.lang.ObjectStruct;
import org.bpf4j.lang.Struct;
import org.bpf4j.lang.Syscall;

/// A queue of jobs, first in, first out; and the same from its other end.
@Bpf(license = "GPL")
public final class Queue {

  enum State {
    NEW,
    SEEN
  }

  @ObjectStruct
  static final class Job {
    final BpfListNode node = new BpfListNode();
    long weight;
    int id;
    short tries;
    boolean urgent;
    State state;
  }

  @Struct
  static final class Jobs {
    int limit;
    final BpfSpinLock lock = new BpfSpinLock();
    final BpfList<Job> waiting = new BpfList<>();
  }

  @Struct
  static final class Args {
    int id;
    int tries;
    long weight;
  }

  static final BpfArray<Jobs> queues = BpfArray.create(2);
  static int count;
  static final int[] factors = {1, 10, 100};

  private static int put(int queue, Job job, boolean first) {
    Jobs jobs = queues.get(queue);
    boolean done;
    try (var _ = jobs.lock.lock()) {
      done = first ? jobs.waiting.offerFirst(job) : jobs.waiting.offerLast(job);
      count++;
    }
    return done ? 0 : -2;
  }

  @Syscall
  static int offer(Args args) {
    Job job = BpfObjects.allocate(Job.class);
    if (job == null) {
      return -1;
    }
    job.id = args.id;
    job.tries++;
    job.weight += args.weight;
    job.urgent = args.id < 0;
    return put(0, job, job.urgent);
  }

  private static int take(Args args, Job job) {
    args.id = job.id;
    args.tries = job.tries * 10 + job.state.ordinal();
    args.weight = job.weight;
    BpfObjects.free(job);
    return 1;
  }

  @Syscall
  static int poll(Args args) {
    Jobs jobs = queues.get(0);
    Job job;
    try (var _ = jobs.lock.lock()) {
      job = jobs.waiting.pollFirst();
      if (job != null) {
        count--;
      }
    }
    return job == null ? 0 : take(args, job);
  }

  @Syscall
  static int pollLast(Args args) {
    Jobs jobs = queues.get(0);
    Job job;
    try (var _ = jobs.lock.lock()) {
      job = jobs.waiting.pollLast();
      if (job != null) {
        count--;
      }
    }
    return job == null ? 0 : take(args, job);
  }

  /// From one queue to the other, which has it for good.
  @Syscall
  static int move(Args args) {
    Jobs from = queues.get(0);
    Job job;
    try (var _ = from.lock.lock()) {
      job = from.waiting.pollFirst();
    }
    if (job == null) {
      return 0;
    }
    job.state = State.SEEN;
    job.tries++;
    args.id = job.id;
    return put(args.tries, job, false) == 0 ? 1 : -1;
  }

  /// An abort gives back what is held, and the lock.
  @Syscall
  static int abort(Args args) {
    Job job = BpfObjects.allocate(Job.class);
    if (job == null) {
      return -1;
    }
    job.weight = factors[args.id];
    Jobs jobs = queues.get(1);
    Job old;
    try (var _ = jobs.lock.lock()) {
      old = jobs.waiting.pollFirst();
      count += factors[args.tries];
      jobs.waiting.offerLast(job);
    }
    int factor = factors[(int) args.weight];
    if (old != null) {
      factor += (int) old.weight;
      BpfObjects.free(old);
    }
    return factor;
  }
}
