import org.bpf4j.lang.Bpf;
import org.bpf4j.lang.BpfString;
import org.bpf4j.lang.Helpers;
import org.bpf4j.lang.KernelString;
import org.bpf4j.lang.KernelStruct;
import org.bpf4j.lang.Kprobe;
import org.bpf4j.lang.PerfEventArray;
import org.bpf4j.lang.Struct;

/// Tells which process is killed because memory is short, and whose request that was.
@Bpf(license = "GPL")
public final class OomKill {

  @KernelStruct
  interface OomControl {
    TaskStruct chosen();

    long totalpages();
  }

  @KernelStruct
  interface TaskStruct {
    int tgid();

    KernelString comm();
  }

  @Struct
  static final class Kill {
    int asking;
    int killed;
    long pages;
    final BpfString askingName = BpfString.ofSize(16);
    final BpfString killedName = BpfString.ofSize(16);
  }

  static final PerfEventArray<Kill> kills = PerfEventArray.create();

  @Kprobe("oom_kill_process")
  static void onKill(OomControl control) {
    if (control == null) return;
    TaskStruct chosen = control.chosen();
    Kill kill = new Kill();
    kill.asking = (int) (Helpers.getCurrentPidTgid() >>> 32);
    kill.pages = control.totalpages();
    if (chosen != null) {
      kill.killed = chosen.tgid();
      chosen.comm().copyTo(kill.killedName);
    }
    Helpers.getCurrentComm(kill.askingName);
    kills.output(kill);
  }
}
