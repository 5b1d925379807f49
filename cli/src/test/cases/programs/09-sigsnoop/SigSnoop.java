import org.bpf4j.lang.Bpf;
import org.bpf4j.lang.BpfString;
import org.bpf4j.lang.Config;
import org.bpf4j.lang.Helpers;
import org.bpf4j.lang.RingBuffer;
import org.bpf4j.lang.Struct;
import org.bpf4j.lang.Tracepoint;
import org.bpf4j.lang.TracepointArgs;

/// Tells which signals are generated, and from whom to whom.
@Bpf(license = "GPL")
public final class SigSnoop {

  @Struct
  static final class Event {
    int sender;
    int receiver;
    int signal;
    int result;
    final BpfString name = BpfString.ofSize(16);
  }

  @TracepointArgs
  interface SignalGenerate {
    int sig();

    int errno();

    int pid();
  }

  static final RingBuffer<Event> events = RingBuffer.ofBytes(1 << 16);

  @Config static int onlySignal = 0;
  @Config static boolean onlyFailed = false;

  @Tracepoint("signal/signal_generate")
  static void onSignal(SignalGenerate signal) {
    if (onlySignal != 0 && signal.sig() != onlySignal) return;
    if (onlyFailed && signal.errno() == 0) return;
    Event event = events.reserve();
    if (event == null) return;
    event.sender = (int) (Helpers.getCurrentPidTgid() >>> 32);
    event.receiver = signal.pid();
    event.signal = signal.sig();
    event.result = signal.errno();
    Helpers.getCurrentComm(event.name);
    events.submit(event);
  }
}
