import org.bpf4j.lang.Bpf;
import org.bpf4j.lang.BpfPerCpuArray;
import org.bpf4j.lang.KernelPointer;
import org.bpf4j.lang.KernelStruct;
import org.bpf4j.lang.Kfunc;
import org.bpf4j.lang.Struct;
import org.bpf4j.lang.Syscall;
import org.jspecify.annotations.Nullable;

@Bpf(license = "GPL")
public final class PointerInAPerCpuMap {

  @KernelStruct("bpf_cpumask")
  interface CpuMask {}

  @Struct
  static final class Slot {
    int count;
    final KernelPointer<CpuMask> mask = new KernelPointer<>();
  }

  static final BpfPerCpuArray<Slot> slots = BpfPerCpuArray.create(2);

  @Kfunc(releasedBy = "bpf_cpumask_release", since = "6.3")
  static native @Nullable CpuMask bpfCpumaskCreate();

  @Kfunc(releases = true, since = "6.3")
  static native void bpfCpumaskRelease(CpuMask mask);

  @Kfunc(since = "6.3")
  static native void bpfCpumaskSetCpu(int cpu, CpuMask mask);

  @Syscall
  static int program() {
    CpuMask mask = bpfCpumaskCreate();
    if (mask == null) {
      return -1;
    }
    bpfCpumaskRelease(mask);
    slots.get(0).count++;
    return 0;
  }
}
