import org.bpf4j.lang.Bpf;
import org.bpf4j.lang.Helpers;
import org.bpf4j.lang.Tracepoint;

@Bpf(license = "GPL")
public final class HelperOfAnotherKind {

  @Tracepoint("syscalls/sys_enter_execve")
  static int program() {
    return (int) Helpers.redirect(1, 0);
  }
}
