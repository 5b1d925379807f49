import org.bpf4j.lang.*;

@Bpf(license = "GPL")
public final class UnknownStage {
  enum Stage {
    NEXT
  }

  static final ProgramArray<Stage> stages = ProgramArray.create();

  @Xdp
  static XdpAction program() {
    stages.call(Stage.NEXT);
    return XdpAction.PASS;
  }

  @Xdp(stage = "NEXTT")
  static XdpAction next() {
    return XdpAction.PASS;
  }
}
