import org.bpf4j.lang.Bpf;
import org.bpf4j.lang.BpfHashMap;
import org.bpf4j.lang.Struct;
import org.bpf4j.lang.Syscall;
import org.bpf4j.lang.Value;

@Bpf(license = "GPL")
public final class UnknownEnumConstant {

  enum Level {
    LOW,
    @Value(5)
    HIGH
  }

  static final BpfHashMap<Integer, Level> levels = BpfHashMap.create(4);

  @Struct
  static final class Args {
    int key;
  }

  @Syscall
  static int level(Args args) {
    Level level = levels.get(args.key);
    if (level == null) {
      return -1;
    }
    return switch (level) {
      case LOW -> 1;
      case HIGH -> 2;
    };
  }
}
