import org.bpf4j.lang.Bpf;
import org.bpf4j.lang.BpfHashMap;
import org.bpf4j.lang.Struct;
import org.bpf4j.lang.Syscall;

@Bpf(license = "GPL")
public final class BooleanConstants {

  @Struct
  static final class Args {
    int key;
  }

  static final BpfHashMap<Integer, Boolean> blocked = BpfHashMap.create(8);

  @Syscall
  static int program(Args args) {
    Boolean before = blocked.get(args.key);
    blocked.put(args.key, Boolean.TRUE.equals(before) ? Boolean.FALSE : Boolean.TRUE);
    int result = Boolean.TRUE.equals(before) ? 1 : 0;
    result += Boolean.FALSE.equals(before) ? 2 : 0;
    boolean plain = Boolean.TRUE;
    return plain ? result + 4 : result;
  }
}
