import org.bpf4j.lang.Bpf;
import org.bpf4j.lang.Helpers;
import org.bpf4j.lang.ProgramArray;
import org.bpf4j.lang.Xdp;
import org.bpf4j.lang.XdpAction;
import org.bpf4j.lang.XdpContext;

@Bpf(license = "GPL")
public final class TailCallInACallback {

  enum Stage {
    FIRST
  }

  static final ProgramArray<Stage> stages = ProgramArray.create();

  @Xdp
  static XdpAction program(XdpContext context) {
    Helpers.loop(
        3,
        i -> {
          stages.call(context, Stage.FIRST);
          return true;
        });
    return XdpAction.PASS;
  }
}
