import org.bpf4j.lang.Bpf;
import org.bpf4j.lang.BpfString;
import org.bpf4j.lang.Config;
import org.bpf4j.lang.Helpers;
import org.bpf4j.lang.KernelStruct;
import org.bpf4j.lang.RingBuffer;
import org.bpf4j.lang.Struct;
import org.bpf4j.lang.Tracepoint;

@Bpf(license = "GPL")
public final class TaskFields {

  @KernelStruct
  interface TaskStruct {
    int tgid();

    TaskStruct realParent();
  }

  @Struct
  static final class Event {
    int parent;
    long startedNs;
    final BpfString comm = BpfString.ofSize(16);
  }

  static final RingBuffer<Event> events = RingBuffer.ofBytes(1 << 12);
  @Config static int onlyUid = -1;

  @Tracepoint("sched/sched_process_exec")
  static void onExec() {
    int uid = (int) Helpers.getCurrentUidGid();
    if (onlyUid >= 0 && uid != onlyUid) {
      return;
    }
    Event event = events.reserve();
    if (event == null) {
      return;
    }
    event.parent = Helpers.currentTask(TaskStruct.class).realParent().tgid();
    event.startedNs = Helpers.ktimeGetNs() > 0 ? 1 : 0;
    Helpers.getCurrentComm(event.comm);
    events.submit(event);
  }
}
