import org.bpf4j.lang.Bpf;
import org.bpf4j.lang.BpfString;
import org.bpf4j.lang.Struct;
import org.bpf4j.lang.Syscall;

@Bpf(license = "GPL")
public final class EnumWithoutNames {

  enum Level {
    LOW("l"),
    HIGH("h");

    final String text;

    Level(String text) {
      this.text = text;
    }
  }

  @Struct
  static final class Args {
    int a;
    Level level;
    final BpfString name = BpfString.ofSize(8);
  }

  @Syscall
  static int names(Args args) {
    Level level = Level.valueOf("LOW");
    if (args.level.name() == null) {
      return 1;
    }
    return args.level.text == null ? 2 : 3;
  }
}
