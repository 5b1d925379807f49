import org.bpf4j.lang.Bpf;
import org.bpf4j.lang.BpfHashMap;
import org.bpf4j.lang.BpfString;
import org.bpf4j.lang.CgroupArray;
import org.bpf4j.lang.Config;
import org.bpf4j.lang.Field;
import org.bpf4j.lang.Helpers;
import org.bpf4j.lang.KernelStruct;
import org.bpf4j.lang.PerCpu;
import org.bpf4j.lang.PerfEventArray;
import org.bpf4j.lang.Struct;
import org.bpf4j.lang.Structs;
import org.bpf4j.lang.Tracepoint;
import org.bpf4j.lang.TracepointArgs;

/// Logs which programs are executed, with their arguments.
@Bpf(license = "GPL")
public final class ExecSnoop {

  static final int MAX_ARGUMENTS = 20;

  /// One argument, cut to what there is room for.
  @Struct
  static final class Argument {
    final BpfString text = BpfString.ofSize(64);
  }

  /// A program that was executed, or could not be.
  @Struct
  static final class Event {
    int process;
    int parent;
    int user;
    int result;
    int argumentCount;
    final BpfString name = BpfString.ofSize(16);
    final Argument[] arguments = Structs.fill(new Argument[MAX_ARGUMENTS], Argument::new);
  }

  @KernelStruct
  interface TaskStruct {
    int tgid();

    TaskStruct realParent();
  }

  @TracepointArgs("trace_event_raw_sys_enter")
  interface Enter {
    @Field("args[0]")
    long path();

    @Field("args[1]")
    long arguments();
  }

  @TracepointArgs("trace_event_raw_sys_exit")
  interface Exit {
    long ret();
  }

  static final BpfHashMap<Integer, Event> started = BpfHashMap.create(10_240);
  static final PerCpu<Event> empty = PerCpu.create();
  static final PerfEventArray<Event> events = PerfEventArray.create();
  static final CgroupArray groups = CgroupArray.create(1);

  @Config static int onlyUser = -1;
  @Config static boolean onlyGroup = false;
  @Config static boolean withFailed = false;
  @Config static int maxArguments = MAX_ARGUMENTS;

  @Tracepoint("syscalls/sys_enter_execve")
  static void onExecve(Enter call) {
    if (onlyGroup && !groups.currentTaskUnderCgroup(0)) return;
    int user = (int) Helpers.getCurrentUidGid();
    if (onlyUser >= 0 && onlyUser != user) return;

    long id = Helpers.getCurrentPidTgid();
    started.put((int) id, empty.get());
    Event event = started.get((int) id);
    if (event == null) return; // there was no room

    event.process = (int) (id >>> 32);
    event.user = user;
    event.parent = Helpers.currentTask(TaskStruct.class).realParent().tgid();
    Helpers.probeReadUserStr(event.arguments[0].text, call.path());
    event.argumentCount = copyArguments(event, call.arguments());
  }

  /// Copies what follows the path in `argv`, and says how many arguments there are with it.
  static int copyArguments(Event event, long addresses) {
    long[] address = new long[1];
    for (int i = 1; i < MAX_ARGUMENTS && i < maxArguments; i++) {
      Helpers.probeReadUser(address, addresses + 8 * i);
      if (address[0] == 0) return i;
      if (Helpers.probeReadUserStr(event.arguments[i].text, address[0]) < 0) return i;
    }
    return Math.min(MAX_ARGUMENTS, maxArguments);
  }

  @Tracepoint("syscalls/sys_exit_execve")
  static void onExecuted(Exit call) {
    int thread = (int) Helpers.getCurrentPidTgid();
    Event event = started.get(thread);
    if (event == null) return;
    int result = (int) call.ret();
    if (result >= 0 || withFailed) {
      event.result = result;
      Helpers.getCurrentComm(event.name);
      events.output(event);
    }
    started.remove(thread);
  }
}
