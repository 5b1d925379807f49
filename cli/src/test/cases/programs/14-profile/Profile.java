import java.util.concurrent.atomic.AtomicLong;
import org.bpf4j.lang.Bpf;
import org.bpf4j.lang.BpfHashMap;
import org.bpf4j.lang.BpfString;
import org.bpf4j.lang.Config;
import org.bpf4j.lang.Helpers;
import org.bpf4j.lang.PerfEvent;
import org.bpf4j.lang.PerfEventSample;
import org.bpf4j.lang.StackTraceMap;
import org.bpf4j.lang.Struct;

/// Counts what the CPUs execute, by process and call stacks, whenever a clock ticks.
@Bpf(license = "GPL")
public final class Profile {

  /// What was executed.
  @Struct
  static final class Key {
    int process;
    int userStack;
    int kernelStack;
    final BpfString name = BpfString.ofSize(16);
  }

  static final BpfHashMap<Key, AtomicLong> counts = BpfHashMap.create(10_240);
  static final StackTraceMap stacks = StackTraceMap.create(10_240);

  @Config static boolean withIdle = false;
  @Config static boolean userStacks = true;
  @Config static boolean kernelStacks = true;
  @Config static int onlyProcess = 0;

  @PerfEvent
  static void onTick(PerfEventSample sample) {
    long id = Helpers.getCurrentPidTgid();
    int process = (int) (id >>> 32);
    if (!withIdle && (int) id == 0) return;
    if (onlyProcess != 0 && onlyProcess != process) return;

    Key key = new Key();
    key.process = process;
    key.userStack = userStacks ? stacks.getStackid(StackTraceMap.USER_STACK) : -1;
    key.kernelStack = kernelStacks ? stacks.getStackid(0) : -1;
    Helpers.getCurrentComm(key.name);
    counts.putIfAbsent(key, new AtomicLong());
    AtomicLong count = counts.get(key);
    if (count != null) count.incrementAndGet();
  }
}
