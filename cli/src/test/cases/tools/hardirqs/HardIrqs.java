import java.util.concurrent.atomic.AtomicLong;
import org.bpf4j.lang.Bpf;
import org.bpf4j.lang.BpfHashMap;
import org.bpf4j.lang.BpfString;
import org.bpf4j.lang.Buckets;
import org.bpf4j.lang.Helpers;
import org.bpf4j.lang.KernelString;
import org.bpf4j.lang.PerCpu;
import org.bpf4j.lang.Struct;
import org.bpf4j.lang.Structs;
import org.bpf4j.lang.Tracepoint;
import org.bpf4j.lang.TracepointArgs;

/// Histograms of the time that interrupts take, by the names of their handlers.
@Bpf(license = "GPL")
public final class HardIrqs {

  @Struct
  static final class Handler {
    final BpfString name = BpfString.ofSize(32);
  }

  @Struct
  static final class Times {
    final AtomicLong count = new AtomicLong();
    final AtomicLong[] ns = Structs.fill(new AtomicLong[Buckets.LOG2], AtomicLong::new);
  }

  /// What a CPU is doing.
  @Struct
  static final class Running {
    long sinceNs;
    final Handler handler = new Handler();
  }

  @TracepointArgs
  interface IrqHandlerEntry {
    KernelString name();
  }

  static final PerCpu<Running> running = PerCpu.create();
  static final PerCpu<Times> none = PerCpu.create();
  static final BpfHashMap<Handler, Times> times = BpfHashMap.create(256);

  @Tracepoint("irq/irq_handler_entry")
  static void onEntry(IrqHandlerEntry irq) {
    Running now = running.get();
    irq.name().copyTo(now.handler.name);
    now.sinceNs = Helpers.ktimeGetNs();
  }

  @Tracepoint("irq/irq_handler_exit")
  static void onExit() {
    Running was = running.get();
    if (was.sinceNs == 0) return;
    long took = Helpers.ktimeGetNs() - was.sinceNs;
    was.sinceNs = 0;
    times.putIfAbsent(was.handler, none.get());
    Times handler = times.get(was.handler);
    if (handler == null) return;
    handler.count.incrementAndGet();
    handler.ns[Buckets.log2(took)].incrementAndGet();
  }
}
