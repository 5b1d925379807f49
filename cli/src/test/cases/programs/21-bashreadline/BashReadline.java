import org.bpf4j.lang.Bpf;
import org.bpf4j.lang.BpfString;
import org.bpf4j.lang.Helpers;
import org.bpf4j.lang.PerfEventArray;
import org.bpf4j.lang.Struct;
import org.bpf4j.lang.Uretprobe;

/// Logs the command lines that are typed into a shell.
@Bpf(license = "GPL")
public final class BashReadline {

  @Struct
  static final class Line {
    int process;
    final BpfString text = BpfString.ofSize(80);
  }

  static final PerfEventArray<Line> lines = PerfEventArray.create();

  @Uretprobe(binary = "/bin/bash", function = "readline")
  static void onLine(long text) {
    if (text == 0) return; // the end of the input
    Line line = new Line();
    Helpers.getCurrentComm(line.text);
    if (!line.text.contentEquals("bash")) return;
    line.process = (int) (Helpers.getCurrentPidTgid() >>> 32);
    Helpers.probeReadUserStr(line.text, text);
    lines.output(line);
  }
}
