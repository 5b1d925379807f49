import org.bpf4j.lang.Bpf;
import org.bpf4j.lang.BpfHashMap;
import org.bpf4j.lang.Helpers;
import org.bpf4j.lang.Struct;
import org.bpf4j.lang.Syscall;

@Bpf(license = "GPL")
public final class MethodReferences {

  @Struct
  static final class Counter {
    long count;

    boolean add(int by) {
      count += by;
      return count < 50;
    }
  }

  static final BpfHashMap<Integer, Counter> counters = BpfHashMap.create(4);
  static long sum;

  private static boolean odd(int i) {
    sum += i;
    return i % 2 == 0;
  }

  private static void visit(int key, Counter counter) {
    sum += key * counter.count;
    counter.add(key);
  }

  @Syscall
  static int run() {
    sum = 0;
    int calls = Helpers.loop(10, MethodReferences::odd);
    counters.forEach(MethodReferences::visit);
    Counter local = new Counter();
    calls = calls * 100 + Helpers.loop(20, local::add);
    return calls * 1000 + (int) (local.count + sum);
  }
}
