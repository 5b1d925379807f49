import org.bpf4j.lang.Bpf;
import org.bpf4j.lang.Tracepoint;
import org.bpf4j.lang.TracepointArgs;

@Bpf(license = "GPL")
public final class ArgumentsOfASystemCall {

  @TracepointArgs
  interface Enter {
    long filename();
  }

  @TracepointArgs("trace_event_raw_sys_exit")
  interface Exit {
    long ret();
  }

  static long name;
  static long result;

  @Tracepoint("syscalls/sys_enter_openat")
  static void enter(Enter args) {
    name = args.filename();
  }

  @Tracepoint("syscalls/sys_exit_openat")
  static void exit(Exit args) {
    result = args.ret();
  }
}
