import java.util.concurrent.atomic.AtomicLong;
import org.bpf4j.lang.Bpf;
import org.bpf4j.lang.BpfHashMap;
import org.bpf4j.lang.BpfString;
import org.bpf4j.lang.Config;
import org.bpf4j.lang.Helpers;
import org.bpf4j.lang.KernelString;
import org.bpf4j.lang.KernelStruct;
import org.bpf4j.lang.Struct;
import org.bpf4j.lang.Tracepoint;
import org.bpf4j.lang.TracepointArgs;

/// Counts system calls and the time that they take, by call or by process.
@Bpf(license = "GPL")
public final class SysCount {

  @Struct
  static final class Total {
    final AtomicLong count = new AtomicLong();
    final AtomicLong totalNs = new AtomicLong();
    final BpfString name = BpfString.ofSize(16);
  }

  @KernelStruct
  interface TaskStruct {
    TaskStruct groupLeader();

    KernelString comm();
  }

  @TracepointArgs("trace_event_raw_sys_exit")
  interface Exit {
    long id();

    long ret();
  }

  static final BpfHashMap<Integer, Long> begun = BpfHashMap.create(10_240);
  static final BpfHashMap<Integer, Total> totals = BpfHashMap.create(10_240);

  @Config static int onlyProcess = 0;
  @Config static boolean onlyFailed = false;
  @Config static boolean byProcess = false;
  @Config static boolean measured = true;

  @Tracepoint("raw_syscalls/sys_enter")
  static void onEnter() {
    long id = Helpers.getCurrentPidTgid();
    if (!measured || onlyProcess != 0 && onlyProcess != (int) (id >>> 32)) return;
    begun.put((int) id, Helpers.ktimeGetNs());
  }

  @Tracepoint("raw_syscalls/sys_exit")
  static void onExit(Exit call) {
    long id = Helpers.getCurrentPidTgid();
    int process = (int) (id >>> 32);
    if (onlyProcess != 0 && onlyProcess != process) return;
    if (onlyFailed && call.ret() >= 0) return;
    if (call.id() < 0) return; // a return from a signal

    long took = 0;
    if (measured) {
      Long since = begun.get((int) id);
      if (since == null) return;
      took = Helpers.ktimeGetNs() - since;
    }
    Total total = totalOf(byProcess ? process : (int) call.id());
    if (total == null) return;
    total.count.incrementAndGet();
    total.totalNs.addAndGet(took);
    if (byProcess && total.name.isEmpty()) {
      Helpers.currentTask(TaskStruct.class).groupLeader().comm().copyTo(total.name);
    }
  }

  static Total totalOf(int key) {
    Total total = totals.get(key);
    if (total != null) return total;
    totals.putIfAbsent(key, new Total());
    return totals.get(key);
  }
}
