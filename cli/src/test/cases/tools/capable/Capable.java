import java.util.concurrent.atomic.AtomicLong;
import org.bpf4j.lang.Bpf;
import org.bpf4j.lang.BpfHashMap;
import org.bpf4j.lang.BpfString;
import org.bpf4j.lang.Config;
import org.bpf4j.lang.Field;
import org.bpf4j.lang.Helpers;
import org.bpf4j.lang.KernelStruct;
import org.bpf4j.lang.Kprobe;
import org.bpf4j.lang.Kretprobe;
import org.bpf4j.lang.RingBuffer;
import org.bpf4j.lang.Struct;

/// Tells which capabilities processes are asked for, each once, and whether they had them.
@Bpf(license = "GPL")
public final class Capable {

  record Asked(int process, int capability) {}

  record Check(int capability, int options, int namespace) {}

  @KernelStruct
  interface UserNamespace {
    @Field("ns.inum")
    int inode();
  }

  @Struct
  static final class Event {
    int process;
    int user;
    int capability;
    int options;
    int namespace;
    boolean granted;
    final BpfString name = BpfString.ofSize(16);
  }

  static final BpfHashMap<Integer, Check> checks = BpfHashMap.create(10_240);
  static final BpfHashMap<Asked, AtomicLong> seen = BpfHashMap.create(10_240);
  static final RingBuffer<Event> events = RingBuffer.ofBytes(1 << 18);

  @Config static int onlyProcess = 0;
  @Config static boolean once = true;

  @Kprobe("cap_capable")
  static void onCheck(long credentials, UserNamespace target, int capability, int options) {
    long id = Helpers.getCurrentPidTgid();
    if (onlyProcess != 0 && onlyProcess != (int) (id >>> 32)) return;
    int namespace = target == null ? 0 : target.inode();
    checks.put((int) id, new Check(capability, options, namespace));
  }

  @Kretprobe("cap_capable")
  static void onChecked(int result) {
    long id = Helpers.getCurrentPidTgid();
    int process = (int) (id >>> 32);
    Check check = checks.get((int) id);
    if (check == null) return;
    checks.remove((int) id);
    if (once && !seen.putIfAbsent(new Asked(process, check.capability()), new AtomicLong(1))) {
      return;
    }
    Event event = events.reserve();
    if (event == null) return;
    event.process = process;
    event.user = (int) Helpers.getCurrentUidGid();
    event.capability = check.capability();
    event.options = check.options();
    event.namespace = check.namespace();
    event.granted = result == 0;
    Helpers.getCurrentComm(event.name);
    events.submit(event);
  }
}
