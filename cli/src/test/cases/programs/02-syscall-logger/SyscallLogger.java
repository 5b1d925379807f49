import org.bpf4j.lang.Bpf;
import org.bpf4j.lang.BpfString;
import org.bpf4j.lang.Helpers;
import org.bpf4j.lang.Ksyscall;
import org.bpf4j.lang.RingBuffer;
import org.bpf4j.lang.Struct;

/// Logs who opens which file by `openat2`, and who sends which signal to whom.
@Bpf(license = "GPL")
public final class SyscallLogger {

  enum Call {
    OPEN,
    KILL
  }

  /// A system call; of `path`, `target` and `signal` those that it has.
  @Struct
  static final class Event {
    Call call;
    int process;
    int target;
    int signal;
    final BpfString name = BpfString.ofSize(16);
    final BpfString path = BpfString.ofSize(128);
  }

  static final RingBuffer<Event> events = RingBuffer.ofBytes(1 << 16);

  @Ksyscall("openat2")
  static void onOpen(int directory, long path) {
    Event event = begin(Call.OPEN);
    if (event == null) return;
    Helpers.probeReadUserStr(event.path, path);
    events.submit(event);
  }

  @Ksyscall("kill")
  static void onKill(int target, int signal) {
    Event event = begin(Call.KILL);
    if (event == null) return;
    event.target = target;
    event.signal = signal;
    events.submit(event);
  }

  static Event begin(Call call) {
    Event event = events.reserve();
    if (event == null) return null;
    event.call = call;
    event.process = (int) (Helpers.getCurrentPidTgid() >>> 32);
    Helpers.getCurrentComm(event.name);
    return event;
  }
}
