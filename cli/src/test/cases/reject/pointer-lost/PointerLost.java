import org.bpf4j.lang.Bpf;
import org.bpf4j.lang.BpfArray;
import org.bpf4j.lang.KernelPointer;
import org.bpf4j.lang.KernelStruct;
import org.bpf4j.lang.Kfunc;
import org.bpf4j.lang.Struct;
import org.bpf4j.lang.Syscall;
import org.jspecify.annotations.Nullable;

@Bpf(license = "GPL")
public final class PointerLost {

  @KernelStruct("bpf_cpumask")
  interface CpuMask {}

  @Struct
  static final class Slot {
    int count;
    final KernelPointer<CpuMask> mask = new KernelPointer<>();
  }

  static final BpfArray<Slot> slots = BpfArray.create(2);

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
    slots.get(0).mask.exchange(mask);
    return 0;
  }
}
