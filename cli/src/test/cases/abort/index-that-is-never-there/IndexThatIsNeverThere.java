import org.bpf4j.lang.Bpf;
import org.bpf4j.lang.BpfString;
import org.bpf4j.lang.Struct;
import org.bpf4j.lang.Syscall;

/// What is behind such an index has an address that no object has.
@Bpf(license = "GPL")
public final class IndexThatIsNeverThere {

  @Struct
  static final class Args {
    int which;
    int result;
  }

  static final BpfString text = BpfString.ofSize(8);
  static final int[] numbers = {1, 2, 3};

  @Syscall
  static int program(Args args) {
    args.result = 7;
    if (args.which == 1) {
      args.result = text.byteAt(32_767);
    } else if (args.which == 2) {
      int[] local = {4, 5};
      for (int i = 0; i < 3; i++) {
        args.result += local[1_000_000] + i;
      }
    } else if (args.which == 3) {
      args.result = numbers[0x0fff_ffff] > 3 ? 8 : 9;
    }
    args.result++;
    return 1;
  }
}
