import org.bpf4j.lang.Bpf;
import org.bpf4j.lang.BpfPerCpuArray;
import org.bpf4j.lang.BpfPerCpuHashMap;
import org.bpf4j.lang.Struct;
import org.bpf4j.lang.Syscall;

@Bpf(license = "GPL")
public final class Percpu {

  @Struct
  static final class Args {
    int key;
    long value;
  }

  static final BpfPerCpuArray<Long> array = BpfPerCpuArray.create(2);
  static final BpfPerCpuHashMap<Integer, Long> hash = BpfPerCpuHashMap.create(4);

  @Syscall
  static int count(Args args) {
    array.put(args.key & 1, array.get(args.key & 1) + args.value);
    Long before = hash.get(args.key);
    hash.put(args.key, before == null ? 1 : before + 1);
    return before == null ? 0 : 1;
  }
}
