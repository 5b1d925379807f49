import org.bpf4j.lang.Bpf;
import org.bpf4j.lang.BpfArray;
import org.bpf4j.lang.Struct;
import org.bpf4j.lang.Syscall;

@Bpf(license = "GPL")
public final class IndexOutOfBounds {

  @Struct
  static final class Args {
    int index;
    final short[] array = new short[3];
  }

  static final int[] table = {10, 20, 30, 40};
  static final BpfArray<Integer> shared = BpfArray.create(2);

  @Syscall
  static int element(Args args) {
    args.array[args.index] = 7;
    return args.array[args.index];
  }

  @Syscall
  static int constant(Args args) {
    return table[args.index];
  }

  @Syscall
  static int map(Args args) {
    shared.put(args.index, 5);
    return shared.get(args.index) + 1;
  }
}
