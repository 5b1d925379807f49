import org.bpf4j.lang.Bpf;
import org.bpf4j.lang.ProgramArray;
import org.bpf4j.lang.Tc;
import org.bpf4j.lang.TcAction;
import org.bpf4j.lang.TcContext;

@Bpf(license = "GPL")
public final class EmptySlot {

  enum Stage {
    FIRST,
    SECOND,
    THIRD
  }

  static final ProgramArray<Stage> stages = ProgramArray.create();
  static int goneOn;

  @Tc
  static TcAction start(TcContext ctx) {
    stages.call(Stage.SECOND);
    goneOn++;
    stages.call(ctx, Stage.FIRST);
    goneOn++;
    return TcAction.SHOT;
  }

  @Tc(stage = "FIRST")
  static TcAction first() {
    stages.call(Stage.THIRD);
    goneOn += 10;
    return TcAction.OK;
  }
}
