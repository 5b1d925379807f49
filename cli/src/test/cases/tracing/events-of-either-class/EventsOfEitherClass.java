import org.bpf4j.lang.Bpf;
import org.bpf4j.lang.BpfString;
import org.bpf4j.lang.Field;
import org.bpf4j.lang.KernelString;
import org.bpf4j.lang.Size;
import org.bpf4j.lang.Struct;
import org.bpf4j.lang.Tracepoint;
import org.bpf4j.lang.TracepointArgs;

/// Tracepoints that are of one class in some kernels and of another in others.
@Bpf(license = "GPL")
public final class EventsOfEitherClass {

  /// `kmem_free` in Linux 5.10.
  @TracepointArgs({"trace_event_raw_kmem_free", "trace_event_raw_kfree"})
  interface Kfree {
    long ptr();
  }

  @TracepointArgs({"trace_event_raw_no_such_enter", "trace_event_raw_sys_enter"})
  interface Enter {
    long id();

    @Size(6)
    long args(int index);
  }

  @TracepointArgs({"trace_event_raw_sched_process_exec", "trace_event_raw_no_such_exec"})
  interface Exec {
    KernelString filename();

    @Field({"no_such_pid", "pid"})
    int pid();
  }

  @Struct
  static final class Name {
    final BpfString text = BpfString.ofSize(16);
  }

  static long freed;
  static long sum;
  static int process;
  static boolean named;

  @Tracepoint("kmem/kfree")
  static void free(Kfree call) {
    freed = call.ptr();
  }

  @Tracepoint("raw_syscalls/sys_enter")
  static void enter(Enter call) {
    sum = call.args(1) + call.args((int) call.id());
  }

  @Tracepoint("sched/sched_process_exec")
  static void exec(Exec call) {
    process = call.pid();
  }

  @Tracepoint("sched/sched_process_exec")
  static void name(Exec call) {
    Name name = new Name();
    call.filename().copyTo(name.text);
    named = name.text.contentEquals("/bin/true");
  }
}
