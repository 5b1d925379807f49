import java.util.concurrent.atomic.AtomicLong;
import org.bpf4j.lang.Bpf;
import org.bpf4j.lang.BpfArray;
import org.bpf4j.lang.Struct;
import org.bpf4j.lang.Syscall;

@Bpf(license = "GPL")
public final class ArrayOfNullAtomics {

  @Struct
  static final class Slots {
    final AtomicLong[] slots = new AtomicLong[8];
  }

  static final BpfArray<Slots> all = BpfArray.create(1);

  @Syscall
  static int count() {
    AtomicLong[] local = new AtomicLong[2];
    all.get(0).slots[1].incrementAndGet();
    return local.length;
  }
}
