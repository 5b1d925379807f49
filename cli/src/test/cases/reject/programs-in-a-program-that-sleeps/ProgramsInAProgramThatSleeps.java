import org.bpf4j.lang.*;

@Bpf(license = "GPL")
public final class ProgramsInAProgramThatSleeps {
  enum Stage {
    NEXT
  }

  static final ProgramArray<Stage> stages = ProgramArray.create();

  @Syscall
  static int program() {
    stages.call(Stage.NEXT);
    return 0;
  }
}
