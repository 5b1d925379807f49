import org.bpf4j.lang.Bpf;
import org.bpf4j.lang.BpfString;
import org.bpf4j.lang.Struct;
import org.bpf4j.lang.Syscall;

@Bpf(license = "GPL")
public final class NestedStruct {

  @Struct
  static final class Range {
    short from;
    short to;
  }

  @Struct
  static final class Args {
    int value;
    final Range allowed = new Range();
    final BpfString name = BpfString.ofSize(4);
  }

  @Syscall
  static int check(Args args) {
    boolean inside = args.value >= args.allowed.from && args.value < args.allowed.to;
    args.allowed.to++;
    return inside ? args.name.byteAt(0) : -1;
  }
}
