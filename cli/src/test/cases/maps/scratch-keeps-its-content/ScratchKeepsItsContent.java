import org.bpf4j.lang.Bpf;
import org.bpf4j.lang.PerCpu;
import org.bpf4j.lang.Struct;
import org.bpf4j.lang.Xdp;
import org.bpf4j.lang.XdpAction;
import org.bpf4j.lang.XdpContext;

@Bpf(license = "GPL")
public final class ScratchKeepsItsContent {

  @Struct
  static final class Report {
    long runs;
    final long[] lengths = new long[100];
  }

  static final PerCpu<Report> scratch = PerCpu.create();

  @Xdp
  static XdpAction note(XdpContext context) {
    Report report = scratch.get();
    report.lengths[(int) (report.runs % 100)] = context.length();
    report.runs++;
    return report.runs > 1 && report.lengths[0] == 20 ? XdpAction.DROP : XdpAction.PASS;
  }
}
