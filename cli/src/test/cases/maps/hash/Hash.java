import org.bpf4j.lang.Bpf;
import org.bpf4j.lang.BpfHashMap;
import org.bpf4j.lang.Struct;
import org.bpf4j.lang.Syscall;

@Bpf(license = "GPL")
public final class Hash {

  @Struct
  static final class Args {
    int key;
    long value;
  }

  static final BpfHashMap<Integer, Long> seen = BpfHashMap.create(2);

  @Syscall
  static int put(Args args) {
    return seen.put(args.key, args.value) ? 1 : 0;
  }

  @Syscall
  static int get(Args args) {
    Long value = seen.get(args.key);
    return value == null ? -1 : (int) (value + args.value);
  }

  @Syscall
  static int putIfAbsent(Args args) {
    return seen.putIfAbsent(args.key, args.value) ? 1 : 0;
  }

  @Syscall
  static int remove(Args args) {
    return seen.remove(args.key) ? 1 : 0;
  }

  @Syscall
  static int contains(Args args) {
    return seen.containsKey(args.key) ? 1 : 0;
  }
}
