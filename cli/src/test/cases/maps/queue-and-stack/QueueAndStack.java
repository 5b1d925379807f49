import org.bpf4j.lang.Bpf;
import org.bpf4j.lang.BpfQueue;
import org.bpf4j.lang.BpfStack;
import org.bpf4j.lang.Struct;
import org.bpf4j.lang.Xdp;
import org.bpf4j.lang.XdpAction;

@Bpf(license = "GPL")
public final class QueueAndStack {

  @Struct
  static final class Job {
    int id;
    long cost;
  }

  record Point(int x, short y) {}

  static final BpfQueue<Job> jobs = BpfQueue.create(2);
  static final BpfStack<Integer> numbers = BpfStack.create(4);
  static final BpfQueue<Point> points = BpfQueue.create(4);
  static long result;

  @Xdp
  static XdpAction structs() {
    Job job = new Job();
    job.id = 1;
    job.cost = 10;
    boolean first = jobs.push(job);
    job.id = 2;
    job.cost = 20;
    boolean second = jobs.push(job);
    job.id = 3;
    job.cost = 30;
    boolean third = jobs.push(job);
    jobs.pushEvicting(job);
    Job head = jobs.peek();
    if (head == null || !first || !second || third) {
      return XdpAction.ABORTED;
    }
    head.cost = 99;
    Job next = jobs.pop();
    Job last = jobs.pop();
    if (next == null || last == null || jobs.pop() != null) {
      return XdpAction.DROP;
    }
    result = head.cost * 1_000_000 + next.id * 10_000 + next.cost * 100 + last.id;
    return XdpAction.PASS;
  }

  @Xdp
  static XdpAction count() {
    for (int i = 0; i < 6; i++) {
      if (!numbers.push(i)) {
        result += 100;
      }
    }
    Integer top = numbers.peek();
    if (top == null) {
      return XdpAction.ABORTED;
    }
    result += top * 1_000;
    for (int i = 0; i < 6; i++) {
      Integer n = numbers.pop();
      result = result * 10 + (n == null ? 9 : n);
    }
    return XdpAction.PASS;
  }

  @Xdp
  static XdpAction records() {
    points.push(new Point(5, (short) -6));
    Point p = points.pop();
    if (p == null) {
      return XdpAction.ABORTED;
    }
    result = p.x() * 100 + p.y();
    return points.pop() == null ? XdpAction.PASS : XdpAction.DROP;
  }
}
