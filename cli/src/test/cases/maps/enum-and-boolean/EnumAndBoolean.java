import org.bpf4j.lang.Bpf;
import org.bpf4j.lang.BpfHashMap;
import org.bpf4j.lang.Struct;
import org.bpf4j.lang.Syscall;
import org.bpf4j.lang.Value;

@Bpf(license = "GPL")
public final class EnumAndBoolean {

  enum Verdict {
    ALLOW,
    DENY,
    @Value(9)
    LOG
  }

  static final BpfHashMap<Verdict, Boolean> rules = BpfHashMap.create(4);

  @Struct
  static final class Args {
    Verdict verdict;
  }

  @Syscall
  static int rule(Args args) {
    Boolean known = rules.get(args.verdict);
    if (known == null) {
      rules.put(args.verdict, args.verdict == Verdict.LOG);
      return -1;
    }
    return known ? 1 : 0;
  }
}
