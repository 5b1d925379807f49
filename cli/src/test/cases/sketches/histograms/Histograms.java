import java.util.concurrent.atomic.AtomicLong;
import org.bpf4j.lang.Bpf;
import org.bpf4j.lang.BpfArray;
import org.bpf4j.lang.BpfPerCpuArray;
import org.bpf4j.lang.Buckets;
import org.bpf4j.lang.Struct;
import org.bpf4j.lang.Syscall;

@Bpf(license = "GPL")
public final class Histograms {

  @Struct
  static final class Args {
    long value;
  }

  static final BpfArray<AtomicLong> powers = BpfArray.create(Buckets.LOG2);
  static final BpfPerCpuArray<AtomicLong> tens = BpfPerCpuArray.create(10);

  @Syscall
  static int count(Args args) {
    int power = Buckets.log2(args.value);
    int ten = Buckets.linear(args.value, 100, 10, 10);
    powers.get(power).incrementAndGet();
    tens.get(ten).incrementAndGet();
    return power * 100 + ten;
  }
}
