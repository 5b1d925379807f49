import org.bpf4j.lang.Bpf;
import org.bpf4j.lang.BpfArray;
import org.bpf4j.lang.BpfList;
import org.bpf4j.lang.BpfListNode;
import org.bpf4j.lang.BpfObjects;
import org.bpf4j.lang.BpfSpinLock;
import org.bpf4j.lang.ObjectStruct;
import org.bpf4j.lang.RingBuffer;
import org.bpf4j.lang.Struct;
import org.bpf4j.lang.Syscall;

/// One variable has what one of several calls gave, and an abort gives that back.
@Bpf(license = "GPL")
public final class Reused {

  @ObjectStruct
  static final class Job {
    final BpfListNode node = new BpfListNode();
    long weight;
    int uses;
  }

  @Struct
  static final class Jobs {
    final BpfSpinLock lock = new BpfSpinLock();
    final BpfList<Job> idle = new BpfList<>();
  }

  @Struct
  static final class Args {
    int index;
    int uses;
    long weight;
  }

  @Struct
  static final class Event {
    int weight;
  }

  static final BpfArray<Jobs> pools = BpfArray.create(2);
  static final RingBuffer<Event> urgent = RingBuffer.ofBytes(4096);
  static final RingBuffer<Event> events = RingBuffer.ofBytes(4096);
  static final int[] weights = {1, 10, 100};

  /// An idle job, or else a new one.
  @Syscall
  static int use(Args args) {
    Jobs pool = pools.get(0);
    Job job;
    try (var _ = pool.lock.lock()) {
      job = pool.idle.pollFirst();
    }
    if (job == null) {
      job = BpfObjects.allocate(Job.class);
      if (job == null) {
        return -1;
      }
    }
    job.uses++;
    job.weight += weights[args.index];
    args.uses = job.uses;
    args.weight = job.weight;
    try (var _ = pool.lock.lock()) {
      pool.idle.offerLast(job);
    }
    return 0;
  }

  /// From one end or the other.
  @Syscall
  static int drop(Args args) {
    Jobs pool = pools.get(0);
    Job job;
    try (var _ = pool.lock.lock()) {
      job = args.uses == 0 ? pool.idle.pollFirst() : pool.idle.pollLast();
    }
    if (job == null) {
      return 0;
    }
    args.weight = job.weight / weights[args.index];
    BpfObjects.free(job);
    return 1;
  }

  @Syscall
  static int report(Args args) {
    boolean first = args.uses > 0;
    Event event = first ? urgent.reserve() : events.reserve();
    if (event == null) {
      return -1;
    }
    event.weight = weights[args.index];
    if (first) {
      urgent.submit(event);
    } else {
      events.submit(event);
    }
    return 0;
  }
}
