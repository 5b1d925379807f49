import org.bpf4j.lang.Bpf;
import org.bpf4j.lang.BpfHashMap;
import org.bpf4j.lang.BpfString;
import org.bpf4j.lang.Config;
import org.bpf4j.lang.Field;
import org.bpf4j.lang.Helpers;
import org.bpf4j.lang.RingBuffer;
import org.bpf4j.lang.StackTraceMap;
import org.bpf4j.lang.Struct;
import org.bpf4j.lang.Tracepoint;
import org.bpf4j.lang.TracepointArgs;

/// Logs which files processes open, and whether they could.
@Bpf(license = "GPL")
public final class OpenSnoop {

  /// A file that was opened, or not.
  @Struct
  static final class Event {
    long timeNs;
    int process;
    int user;
    int result;
    int flags;
    final long[] callers = new long[2];
    final BpfString name = BpfString.ofSize(16);
    final BpfString path = BpfString.ofSize(255);
  }

  /// What the call began with, until it returns.
  record Call(long path, int flags) {}

  @TracepointArgs("trace_event_raw_sys_enter")
  interface Enter {
    @Field("args[0]")
    long first();

    @Field("args[1]")
    long second();

    @Field("args[2]")
    long third();
  }

  @TracepointArgs("trace_event_raw_sys_exit")
  interface Exit {
    long ret();
  }

  static final BpfHashMap<Long, Call> calls = BpfHashMap.create(10_240);
  static final RingBuffer<Event> events = RingBuffer.ofBytes(1 << 20);

  @Config static int onlyProcess = 0;
  @Config static int onlyThread = 0;
  @Config static int onlyUser = -1;
  @Config static boolean onlyFailed = false;

  @Tracepoint("syscalls/sys_enter_open")
  static void onOpen(Enter args) {
    enter(args.first(), (int) args.second());
  }

  @Tracepoint("syscalls/sys_enter_openat")
  static void onOpenat(Enter args) {
    enter(args.second(), (int) args.third());
  }

  @Tracepoint("syscalls/sys_exit_open")
  static void onOpened(Exit args) {
    exit((int) args.ret());
  }

  @Tracepoint("syscalls/sys_exit_openat")
  static void onOpenedat(Exit args) {
    exit((int) args.ret());
  }

  static void enter(long path, int flags) {
    long id = Helpers.getCurrentPidTgid();
    if (wanted(id)) calls.put(id, new Call(path, flags));
  }

  static boolean wanted(long id) {
    if (onlyProcess != 0 && onlyProcess != (int) (id >>> 32)) return false;
    if (onlyThread != 0 && onlyThread != (int) id) return false;
    return onlyUser < 0 || onlyUser == (int) Helpers.getCurrentUidGid();
  }

  static void exit(int result) {
    long id = Helpers.getCurrentPidTgid();
    Call call = calls.get(id);
    if (call == null) return; // it began before we did
    calls.remove(id);
    if (onlyFailed && result >= 0) return;

    Event event = events.reserve();
    if (event == null) return;
    event.timeNs = Helpers.ktimeGetNs();
    event.process = (int) (id >>> 32);
    event.user = (int) Helpers.getCurrentUidGid();
    event.result = result;
    event.flags = call.flags();
    Helpers.getStack(event.callers, StackTraceMap.USER_STACK);
    Helpers.getCurrentComm(event.name);
    Helpers.probeReadUserStr(event.path, call.path());
    events.submit(event);
  }
}
