import org.bpf4j.lang.*;
import org.bpf4j.lang.net.*;

@Bpf(license = "GPL")
public final class Parameter {

  @Tracepoint("syscalls/sys_enter_execve")
  static void count(BpfHashMap<Integer, Long> map) {
    map.put(1, 2L);
  }
}
