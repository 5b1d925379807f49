import java.util.Objects;
import org.bpf4j.lang.Bpf;
import org.bpf4j.lang.BpfHashMap;
import org.bpf4j.lang.Struct;
import org.bpf4j.lang.Syscall;

@Bpf(license = "GPL")
public final class ComparisonOfDifferentBoxes {

  @Struct
  static final class Args {
    int a;
    long b;
  }

  static final BpfHashMap<Integer, Integer> numbers = BpfHashMap.create(8);
  static final BpfHashMap<Integer, Args> structs = BpfHashMap.create(8);

  @Syscall
  static int compare(Args args) {
    boolean never = Objects.equals(numbers.get(1), args.b);
    boolean reference = Objects.equals(structs.get(1), args);
    Integer one = numbers.get(1);
    return one != null && one.equals(args.b) ? 1 : 0;
  }
}
