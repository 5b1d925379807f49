package org.bpf4j.examples.kernel;

import org.bpf4j.lang.Bpf;
import org.bpf4j.lang.BpfString;
import org.bpf4j.lang.Helpers;
import org.bpf4j.lang.Kconfig;
import org.bpf4j.lang.KernelStruct;
import org.bpf4j.lang.Ksym;
import org.bpf4j.lang.Tc;
import org.bpf4j.lang.TcAction;
import org.bpf4j.lang.TcContext;
import org.bpf4j.lang.Tristate;

/// Reads variables of the kernel, and what it was configured with.
@Bpf(license = "GPL")
public final class Variables {

  private Variables() {}

  @KernelStruct
  interface TaskStruct {
    int pid();

    TaskStruct realParent();
  }

  @KernelStruct
  interface Rq {
    int cpu();
  }

  @Ksym static long jiffies;

  @Ksym static Rq runqueues;

  @Ksym("init_task")
  static TaskStruct first;

  @Kconfig("LINUX_KERNEL_VERSION")
  static int version;

  @Kconfig(value = "CONFIG_HZ", optional = true)
  static int ticksPerSecond;

  @Kconfig(value = "CONFIG_VETH", optional = true)
  static Tristate pairs;

  @Kconfig(value = "CONFIG_DEFAULT_HOSTNAME", optional = true)
  static final BpfString hostname = BpfString.ofSize(16);

  static long seen;
  static int seenParent = -1;
  static int seenVersion;
  static int seenHz;
  static int seenPairs;
  static boolean named;
  static boolean asked;
  static int rightCpus;
  static int wrongCpus;

  @Tc
  static TcAction look(TcContext context) {
    seen = jiffies;
    seenParent = first.realParent().pid();
    seenVersion = version;
    seenHz = ticksPerSecond;
    seenPairs = pairs.ordinal();
    named = hostname.isEmpty() || hostname.contentEquals("(none)");
    asked = Helpers.kernelHas("init_task") && !Helpers.kernelHas("bpf4j_no_such_variable");
    for (int cpu = 0; cpu < 2; cpu++) {
      Rq queue = Helpers.perCpuPtr(runqueues, cpu);
      if (queue != null) {
        rightCpus += queue.cpu() == cpu ? 1 : 0;
        wrongCpus += queue.cpu() == cpu ? 0 : 1;
      }
    }
    int here = Helpers.getSmpProcessorId();
    wrongCpus += Helpers.thisCpuPtr(runqueues).cpu() == here ? 0 : 1;
    return TcAction.OK;
  }
}
