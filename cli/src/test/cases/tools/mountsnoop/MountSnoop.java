import org.bpf4j.lang.Bpf;
import org.bpf4j.lang.BpfHashMap;
import org.bpf4j.lang.BpfString;
import org.bpf4j.lang.Field;
import org.bpf4j.lang.Helpers;
import org.bpf4j.lang.KernelStruct;
import org.bpf4j.lang.RingBuffer;
import org.bpf4j.lang.Struct;
import org.bpf4j.lang.Tracepoint;
import org.bpf4j.lang.TracepointArgs;

/// Logs which file systems are mounted and unmounted, by whom, in which mount namespace.
@Bpf(license = "GPL")
public final class MountSnoop {

  enum Call {
    MOUNT,
    UMOUNT
  }

  @Struct
  static final class Event {
    Call call;
    int process;
    int namespace;
    int result;
    long flags;
    long tookNs;
    final BpfString name = BpfString.ofSize(16);
    final BpfString source = BpfString.ofSize(256);
    final BpfString target = BpfString.ofSize(256);
    final BpfString type = BpfString.ofSize(16);
  }

  record Begun(Call call, long source, long target, long type, long flags, long ns) {}

  @TracepointArgs("trace_event_raw_sys_enter")
  interface Enter {
    @Field("args[0]")
    long first();

    @Field("args[1]")
    long second();

    @Field("args[2]")
    long third();

    @Field("args[3]")
    long fourth();
  }

  @TracepointArgs("trace_event_raw_sys_exit")
  interface Exit {
    long ret();
  }

  @KernelStruct
  interface TaskStruct {
    Nsproxy nsproxy();
  }

  @KernelStruct
  interface Nsproxy {
    MntNamespace mntNs();
  }

  @KernelStruct
  interface MntNamespace {
    @Field("ns.inum")
    int inode();
  }

  static final BpfHashMap<Integer, Begun> begun = BpfHashMap.create(1_024);
  static final RingBuffer<Event> events = RingBuffer.ofBytes(1 << 18);

  @Tracepoint("syscalls/sys_enter_mount")
  static void onMount(Enter call) {
    enter(
        new Begun(
            Call.MOUNT,
            call.first(),
            call.second(),
            call.third(),
            call.fourth(),
            Helpers.ktimeGetNs()));
  }

  @Tracepoint("syscalls/sys_enter_umount")
  static void onUmount(Enter call) {
    enter(new Begun(Call.UMOUNT, 0, call.first(), 0, call.second(), Helpers.ktimeGetNs()));
  }

  @Tracepoint("syscalls/sys_exit_mount")
  static void onMounted(Exit call) {
    exit((int) call.ret());
  }

  @Tracepoint("syscalls/sys_exit_umount")
  static void onUmounted(Exit call) {
    exit((int) call.ret());
  }

  static void enter(Begun call) {
    begun.put((int) Helpers.getCurrentPidTgid(), call);
  }

  static void exit(int result) {
    long id = Helpers.getCurrentPidTgid();
    Begun call = begun.get((int) id);
    if (call == null) return;
    begun.remove((int) id);
    Event event = events.reserve();
    if (event == null) return;
    event.call = call.call();
    event.process = (int) (id >>> 32);
    event.namespace = Helpers.currentTask(TaskStruct.class).nsproxy().mntNs().inode();
    event.result = result;
    event.flags = call.flags();
    event.tookNs = Helpers.ktimeGetNs() - call.ns();
    Helpers.getCurrentComm(event.name);
    Helpers.probeReadUserStr(event.target, call.target());
    if (call.call() == Call.MOUNT) {
      Helpers.probeReadUserStr(event.source, call.source());
      Helpers.probeReadUserStr(event.type, call.type());
    }
    events.submit(event);
  }
}
