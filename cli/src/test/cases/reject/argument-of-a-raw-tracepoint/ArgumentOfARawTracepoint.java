import org.bpf4j.lang.Bpf;
import org.bpf4j.lang.RawTracepoint;
import org.bpf4j.lang.RawTracepointContext;

@Bpf(license = "GPL")
public final class ArgumentOfARawTracepoint {

  @RawTracepoint("sched_switch")
  static int program(RawTracepointContext context) {
    return (int) context.argument(20);
  }
}
