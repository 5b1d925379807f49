import java.util.concurrent.atomic.AtomicLong;
import org.bpf4j.lang.Bpf;
import org.bpf4j.lang.BpfArray;
import org.bpf4j.lang.BpfPerCpuArray;
import org.bpf4j.lang.Kprobe;
import org.bpf4j.lang.Pinned;

/// Counts executed programs three ways: in all, on each CPU, and beyond the life of this process.
@Bpf(license = "GPL")
public final class ExecCounters {

  static final BpfArray<AtomicLong> total = BpfArray.create(1);
  static final BpfPerCpuArray<AtomicLong> perCpu = BpfPerCpuArray.create(1);
  @Pinned static final BpfArray<AtomicLong> everSince = BpfArray.create(1);

  @Kprobe({"sys_execve", "__x64_sys_execve", "__arm64_sys_execve"})
  static void onExec() {
    total.get(0).incrementAndGet();
    perCpu.get(0).incrementAndGet();
    everSince.get(0).incrementAndGet();
  }
}
