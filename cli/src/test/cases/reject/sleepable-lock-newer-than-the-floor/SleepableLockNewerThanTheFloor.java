import org.bpf4j.lang.Bpf;
import org.bpf4j.lang.BpfHashMap;
import org.bpf4j.lang.BpfSpinLock;
import org.bpf4j.lang.Struct;
import org.bpf4j.lang.Syscall;

@Bpf(license = "GPL", minKernel = "6.1")
public final class SleepableLockNewerThanTheFloor {

  @Struct
  static final class Args {
    int key;
  }

  @Struct
  static final class Bucket {
    long tokens;
    final BpfSpinLock lock = new BpfSpinLock();
  }

  static final BpfHashMap<Integer, Bucket> buckets = BpfHashMap.create(16);

  @Syscall
  static int program(Args args) {
    Bucket bucket = buckets.get(args.key);
    return bucket == null ? 0 : 1;
  }
}
