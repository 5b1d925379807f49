import org.bpf4j.lang.Bpf;
import org.bpf4j.lang.BpfArray;
import org.bpf4j.lang.Struct;
import org.bpf4j.lang.Syscall;

@Bpf(license = "GPL")
public final class ReadBack {

  record Limit(int value) {
    Limit {
      if (value <= 0) {
        throw new IllegalArgumentException();
      }
    }
  }

  @Struct
  static final class Args {
    int index;
  }

  static final BpfArray<Limit> limits = BpfArray.create(2);

  @Syscall
  static int read(Args args) {
    limits.put(1, new Limit(5));
    return limits.get(args.index).value() + limits.get(1).value() + 100;
  }
}
