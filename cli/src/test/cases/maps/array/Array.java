import org.bpf4j.lang.Bpf;
import org.bpf4j.lang.BpfArray;
import org.bpf4j.lang.Struct;
import org.bpf4j.lang.Syscall;

@Bpf(license = "GPL")
public final class Array {

  @Struct
  static final class Args {
    int key;
    long value;
  }

  static final BpfArray<Long> totals = BpfArray.create(4);

  @Syscall
  static int add(Args args) {
    long before = totals.get(args.key);
    totals.put(args.key, before + args.value);
    return (int) before;
  }
}
