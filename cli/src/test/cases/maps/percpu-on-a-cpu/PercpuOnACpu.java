import org.bpf4j.lang.Bpf;
import org.bpf4j.lang.BpfLruPerCpuHashMap;
import org.bpf4j.lang.BpfPerCpuArray;
import org.bpf4j.lang.BpfPerCpuHashMap;
import org.bpf4j.lang.Helpers;
import org.bpf4j.lang.Struct;
import org.bpf4j.lang.Syscall;

@Bpf(license = "GPL")
public final class PercpuOnACpu {

  @Struct
  static final class Args {
    int index;
    int cpuDistance;
  }

  @Struct
  static final class Counts {
    long packets;
    long bytes;
  }

  static final BpfPerCpuArray<Long> numbers = BpfPerCpuArray.create(2);
  static final BpfPerCpuArray<Counts> counts = BpfPerCpuArray.create(1);
  static final BpfPerCpuHashMap<Integer, Long> hash = BpfPerCpuHashMap.create(4);
  static final BpfLruPerCpuHashMap<Long, Counts> lru = BpfLruPerCpuHashMap.create(4);

  static long sum;

  @Syscall
  static int look(Args args) {
    int cpu = Helpers.getSmpProcessorId() + args.cpuDistance;
    Counts fresh = new Counts();
    fresh.packets = 3;
    hash.put(5, 20L);
    lru.put(6L, fresh);
    numbers.put(1, 100L);
    counts.get(0).bytes = 1_000;
    Long found = hash.getOnCpu(5, cpu);
    Counts used = lru.getOnCpu(6L, cpu);
    if (found == null || used == null) {
      return 1;
    }
    used.packets++;
    sum = found + used.packets + numbers.getOnCpu(args.index, cpu) + counts.getOnCpu(0, cpu).bytes;
    return hash.getOnCpu(9, cpu) == null ? 2 : 3;
  }

  @Syscall
  static int element(Args args) {
    return (int) (numbers.getOnCpu(args.index, args.cpuDistance) + 1);
  }
}
