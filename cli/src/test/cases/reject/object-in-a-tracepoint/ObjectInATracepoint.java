import org.bpf4j.lang.Bpf;
import org.bpf4j.lang.BpfObjects;
import org.bpf4j.lang.BtfTracepoint;
import org.bpf4j.lang.ObjectStruct;

@Bpf(license = "GPL")
public final class ObjectInATracepoint {

  @ObjectStruct
  static final class Job {
    long deadline;
  }

  @BtfTracepoint("sched_switch")
  static void program() {
    Job job = BpfObjects.allocate(Job.class);
    if (job != null) {
      BpfObjects.free(job);
    }
  }
}
