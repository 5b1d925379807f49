import org.bpf4j.lang.Bpf;
import org.bpf4j.lang.BpfObjects;
import org.bpf4j.lang.ObjectStruct;
import org.bpf4j.lang.Tc;
import org.bpf4j.lang.TcAction;

@Bpf(license = "GPL")
public final class SharedUncounted {

  @ObjectStruct
  static final class Job {
    long deadline;
  }

  @Tc
  static TcAction program() {
    Job job = BpfObjects.allocate(Job.class);
    if (job == null) {
      return TcAction.OK;
    }
    Job other = BpfObjects.share(job);
    if (other != null) {
      BpfObjects.free(other);
    }
    BpfObjects.free(job);
    return TcAction.OK;
  }
}
