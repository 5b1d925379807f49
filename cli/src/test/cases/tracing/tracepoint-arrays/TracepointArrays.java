import org.bpf4j.lang.Bpf;
import org.bpf4j.lang.Size;
import org.bpf4j.lang.Tracepoint;
import org.bpf4j.lang.TracepointArgs;

/// The arguments of system calls, which are an array.
@Bpf(license = "GPL")
public final class TracepointArrays {

  @TracepointArgs("trace_event_raw_sys_enter")
  interface Enter {
    long id();

    @Size(6)
    long args(int index);
  }

  static long sum;
  static long first;
  static long last;

  @Tracepoint("raw_syscalls/sys_enter")
  static void constant(Enter call) {
    first = call.args(0);
    last = call.args(5);
    for (int i = 1; i < 3; i++) {
      sum += call.args(i);
    }
  }

  @Tracepoint("raw_syscalls/sys_enter")
  static void computed(Enter call) {
    first = call.args((int) call.id() & 3);
    last = call.args((int) call.id());
    sum++;
  }
}
