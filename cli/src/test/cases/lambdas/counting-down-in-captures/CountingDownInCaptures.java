import org.bpf4j.lang.Bpf;
import org.bpf4j.lang.BpfArray;
import org.bpf4j.lang.Config;
import org.bpf4j.lang.Struct;
import org.bpf4j.lang.Syscall;

/// Each call of the lambda narrows what the verifier knows of a captured number.
@Bpf(license = "GPL")
public final class CountingDownInCaptures {

  @Struct
  static final class Args {
    long left;
    int below;
    int last;
  }

  static final BpfArray<Long> numbers = BpfArray.create(4);
  @Config static int limit = -12_345;

  @Syscall
  static int program(Args args) {
    numbers.forEach(
        (index, value) -> {
          args.left--;
          if (args.left < limit) {
            args.below++;
          } else if (args.left == value) {
            args.last = index;
          }
        });
    return args.below;
  }
}
