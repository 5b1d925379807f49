import org.bpf4j.lang.Bpf;
import org.bpf4j.lang.RawTracepoint;
import org.bpf4j.lang.RawTracepointContext;

@Bpf(license = "GPL")
public final class RawArguments {

  static long sum;

  @RawTracepoint("sched_switch")
  static int add(RawTracepointContext context) {
    sum += context.argument(0) - context.argument(2);
    return sum > 0 ? 1 : -1;
  }
}
