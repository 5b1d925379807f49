import org.bpf4j.lang.Bpf;
import org.bpf4j.lang.BpfArray;
import org.bpf4j.lang.ProgramArray;
import org.bpf4j.lang.Xdp;
import org.bpf4j.lang.XdpAction;

@Bpf(license = "GPL")
public final class Limit {

  enum Again {
    SELF
  }

  static final ProgramArray<Again> again = ProgramArray.create();
  static final BpfArray<Long> runs = BpfArray.create(1);
  static int zero;

  @Xdp(stage = "SELF")
  static XdpAction self() {
    long count = runs.get(0) + 1;
    runs.put(0, count);
    again.call(Again.SELF);
    if (count != 34) {
      zero = 1 / zero;
    }
    return XdpAction.PASS;
  }
}
