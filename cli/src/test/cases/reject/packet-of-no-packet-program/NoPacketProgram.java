import org.bpf4j.lang.*;

@Bpf(license = "GPL")
public final class NoPacketProgram {
  @Struct
  static final class Seen {
    int pid;
  }

  static final PerfEventArray<Seen> events = PerfEventArray.create();

  @Kprobe("do_exit")
  static void atExit() {
    Seen seen = new Seen();
    seen.pid = (int) Helpers.getCurrentPidTgid();
    events.output(seen);
  }

  @RawTracepoint("sched_switch")
  static void atSwitch(RawTracepointContext context) {
    Seen seen = new Seen();
    events.outputWithPacket(context, seen, 4);
  }
}
