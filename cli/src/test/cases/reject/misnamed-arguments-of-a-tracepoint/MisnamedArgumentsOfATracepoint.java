import org.bpf4j.lang.Bpf;
import org.bpf4j.lang.Tracepoint;
import org.bpf4j.lang.TracepointArgs;

@Bpf(license = "GPL")
public final class MisnamedArgumentsOfATracepoint {

  @TracepointArgs("trace_event_raw_kfree, trace_event_raw_kmem_free")
  interface Kfree {
    long ptr();
  }

  static long freed;

  @Tracepoint("kmem/kfree")
  static void program(Kfree call) {
    freed = call.ptr();
  }
}
