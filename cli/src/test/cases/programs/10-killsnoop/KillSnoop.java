import org.bpf4j.lang.Bpf;
import org.bpf4j.lang.BpfHashMap;
import org.bpf4j.lang.BpfString;
import org.bpf4j.lang.Field;
import org.bpf4j.lang.Helpers;
import org.bpf4j.lang.KernelStruct;
import org.bpf4j.lang.RawTracepoint;
import org.bpf4j.lang.RawTracepointContext;
import org.bpf4j.lang.RingBuffer;
import org.bpf4j.lang.Struct;

/// Logs who sends signals by `kill`, whom they reach, and with which result: from the raw
/// tracepoints of all system calls.
@Bpf(license = "GPL")
public final class KillSnoop {

  static final int KILL = 62; // __NR_kill of x86-64

  /// What was asked for.
  record Request(int target, int signal) {}

  @Struct
  static final class Event {
    int sender;
    int target;
    int signal;
    int result;
    final BpfString name = BpfString.ofSize(16);
  }

  /// The registers at a system call.
  @KernelStruct
  interface PtRegs {
    @Field("di")
    long first();

    @Field("si")
    long second();

    @Field("orig_ax")
    long call();
  }

  static final BpfHashMap<Long, Request> requests = BpfHashMap.create(10_240);
  static final RingBuffer<Event> events = RingBuffer.ofBytes(1 << 16);

  @RawTracepoint("sys_enter")
  static void onEnter(RawTracepointContext call) {
    if (call.argument(1) != KILL) return;
    PtRegs registers = Helpers.viewAt(PtRegs.class, call.argument(0));
    Request request = new Request((int) registers.first(), (int) registers.second());
    requests.put(Helpers.getCurrentPidTgid(), request);
  }

  @RawTracepoint("sys_exit")
  static void onExit(RawTracepointContext call) {
    long id = Helpers.getCurrentPidTgid();
    Request request = requests.get(id);
    if (request == null) return;
    requests.remove(id);
    Event event = events.reserve();
    if (event == null) return;
    event.sender = (int) (id >>> 32);
    event.target = request.target();
    event.signal = request.signal();
    event.result = (int) call.argument(1);
    Helpers.getCurrentComm(event.name);
    events.submit(event);
  }
}
