import org.bpf4j.lang.Bpf;
import org.bpf4j.lang.Helpers;
import org.bpf4j.lang.KernelStruct;
import org.bpf4j.lang.Ksym;
import org.bpf4j.lang.RawTracepoint;
import org.bpf4j.lang.U32;

@Bpf(license = "GPL")
public final class PercpuVariables {

  @KernelStruct
  interface Rq {
    int cpu();

    @U32
    int nrRunning();
  }

  @Ksym static Rq runqueues;

  @Ksym static int bpfProgActive;

  static int here;
  static int first;
  static boolean absent;
  static int active;

  @RawTracepoint("sys_enter")
  static int look() {
    int cpu = Helpers.getSmpProcessorId();
    here = Helpers.thisCpuPtr(runqueues).cpu() - cpu;
    Rq other = Helpers.perCpuPtr(runqueues, cpu);
    if (other == null) {
      return 1;
    }
    first = other.cpu() - cpu;
    absent = Helpers.perCpuPtr(runqueues, 1_000_000) == null;
    Integer running = Helpers.perCpuPtr(bpfProgActive, cpu);
    active = Helpers.thisCpuPtr(bpfProgActive) - (running == null ? 9 : running);
    return Helpers.perCpuPtr(bpfProgActive, -1) == null ? 2 : 3;
  }
}
