import org.bpf4j.lang.Bpf;
import org.bpf4j.lang.BpfHashMap;
import org.bpf4j.lang.Struct;
import org.bpf4j.lang.Syscall;

/// Names that are nothing special in Java, and keywords or no names at all in C.
@Bpf(license = "GPL")
public final class NamesOfC {

  @Struct
  static final class Args {
    int größe;
    int $2;
  }

  static final BpfHashMap<Integer, Args> register = BpfHashMap.create(16);
  static int unsigned;

  @Syscall
  static int inline(Args args) {
    unsigned += args.größe;
    Args stored = new Args();
    stored.größe = args.$2;
    stored.$2 = unsigned;
    register.put(1, stored);
    return struct(unsigned);
  }

  @Syscall
  static int typedef(Args args) {
    Args stored = register.get(1);
    return stored == null ? args.$2 : struct(stored.größe);
  }

  private static int struct(int extern) {
    return extern * 3;
  }
}
