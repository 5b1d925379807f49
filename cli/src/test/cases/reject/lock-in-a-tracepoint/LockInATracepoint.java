import org.bpf4j.lang.*;

@Bpf(license = "GPL")
public final class LockInATracepoint {
  @Struct
  static final class Bucket {
    long tokens;
    final BpfSpinLock lock = new BpfSpinLock();
  }

  static final BpfHashMap<Integer, Bucket> buckets = BpfHashMap.create(8);

  @Tracepoint("syscalls/sys_enter_execve")
  static void program() {
    buckets.remove(1);
  }
}
