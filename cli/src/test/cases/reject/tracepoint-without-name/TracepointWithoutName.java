import org.bpf4j.lang.*;

@Bpf(license = "GPL")
public final class TracepointWithoutName {
  @Tracepoint("sys_enter_execve")
  static void program() {}
}
