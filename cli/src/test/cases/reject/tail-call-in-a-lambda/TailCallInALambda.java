import org.bpf4j.lang.*;

@Bpf(license = "GPL")
public final class TailCallInALambda {
  enum Stage {
    NEXT
  }

  static final ProgramArray<Stage> stages = ProgramArray.create();
  static final BpfHashMap<Integer, Long> seen = BpfHashMap.create(8);

  @Xdp
  static XdpAction program() {
    seen.forEach((key, value) -> stages.call(Stage.NEXT));
    return XdpAction.PASS;
  }
}
