import org.bpf4j.lang.Bpf;
import org.bpf4j.lang.Struct;
import org.bpf4j.lang.Syscall;

@Bpf(license = "GPL")
public final class StoreToTheConstantsOfAnEnum {

  enum Level {
    LOW,
    HIGH
  }

  @Struct
  static final class Args {
    int a;
    Level level;
  }

  @Syscall
  static int store(Args args) {
    Level[] levels = Level.values();
    levels[0] = args.level;
    return levels[0] == levels[1] ? 1 : 2;
  }
}
