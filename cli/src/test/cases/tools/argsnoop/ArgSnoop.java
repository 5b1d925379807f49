import org.bpf4j.lang.Bpf;
import org.bpf4j.lang.BpfHashMap;
import org.bpf4j.lang.BpfString;
import org.bpf4j.lang.Config;
import org.bpf4j.lang.Helpers;
import org.bpf4j.lang.KernelStruct;
import org.bpf4j.lang.PerCpu;
import org.bpf4j.lang.RingBuffer;
import org.bpf4j.lang.RingRecord;
import org.bpf4j.lang.Size;
import org.bpf4j.lang.Struct;
import org.bpf4j.lang.Tracepoint;
import org.bpf4j.lang.TracepointArgs;

/// Logs which programs are executed, with all arguments one behind the other: a record is as long
/// as they are.
@Bpf(license = "GPL")
public final class ArgSnoop {
  static final int ARGSIZE = 128;
  static final int TOTAL_MAX_ARGS = 60;
  static final int FULL = ARGSIZE * TOTAL_MAX_ARGS;

  /// What each record begins with; the arguments are behind it, each ended by a zero.
  @Struct
  static final class Head {
    int pid, ppid, uid, retval, argsCount, argsSize;
    final BpfString comm = BpfString.ofSize(16);
  }

  static final int HEAD_BYTES = 40;

  @Struct
  static final class Event {
    final Head head = new Head();
    final byte[] args = new byte[FULL];
  }

  @KernelStruct
  interface TaskStruct {
    int tgid();

    TaskStruct realParent();
  }

  @TracepointArgs("trace_event_raw_sys_enter")
  interface Enter {
    @Size(6)
    long args(int index);
  }

  @TracepointArgs("trace_event_raw_sys_exit")
  interface Exit {
    long ret();
  }

  @Config static boolean ignoreFailed = true;
  @Config static int targetUid = -1;
  @Config static int maxArgs = 20;

  static final BpfHashMap<Integer, Event> execs = BpfHashMap.create(1024);
  static final PerCpu<Event> scratch = PerCpu.create();
  static final RingBuffer<Head> events = RingBuffer.ofBytes(1 << 20);

  @Tracepoint("syscalls/sys_enter_execve")
  static void enter(Enter ctx) {
    int uid = (int) Helpers.getCurrentUidGid();
    if (targetUid != -1 && targetUid != uid) return;
    long id = Helpers.getCurrentPidTgid();
    execs.putIfAbsent((int) id, scratch.get());
    Event e = execs.get((int) id);
    if (e == null) return;
    Head head = e.head;
    head.pid = (int) (id >>> 32);
    head.uid = uid;
    head.ppid = Helpers.currentTask(TaskStruct.class).realParent().tgid();
    e.head.argsCount = 0;
    e.head.argsSize = 0;
    int n = Helpers.probeReadUserStr(e.args, 0, ARGSIZE, ctx.args(0));
    if (n < 0) return;
    e.head.argsSize = n;
    e.head.argsCount++;
    long argv = ctx.args(1);
    long[] argp = new long[1];
    for (int i = 1; i < TOTAL_MAX_ARGS && i < maxArgs; i++) {
      Helpers.probeReadUser(argp, argv + 8L * i);
      if (argp[0] == 0) return;
      if (e.head.argsSize > FULL - ARGSIZE) return;
      n = Helpers.probeReadUserStr(e.args, e.head.argsSize, ARGSIZE, argp[0]);
      if (n < 0) return;
      e.head.argsCount++;
      e.head.argsSize += n;
    }
    Helpers.probeReadUser(argp, argv + 8L * maxArgs);
    if (argp[0] == 0) return;
    e.head.argsCount++;
  }

  @Tracepoint("syscalls/sys_exit_execve")
  static void exit(Exit ctx) {
    int tid = (int) Helpers.getCurrentPidTgid();
    Event e = execs.get(tid);
    if (e == null) return;
    long ret = ctx.ret();
    if (!ignoreFailed || ret >= 0) {
      e.head.retval = (int) ret;
      Helpers.getCurrentComm(e.head.comm);
      send(e);
    }
    execs.remove(tid);
  }

  private static void send(Event e) {
    RingRecord record = events.reserve(HEAD_BYTES + e.head.argsSize);
    if (record == null) return;
    Head head = record.data(Head.class, 0);
    if (head == null || !record.write(HEAD_BYTES, e.args, 0, e.head.argsSize)) {
      events.discard(record);
      return;
    }
    Helpers.copy(e.head, head);
    events.submit(record);
  }
}
