import org.bpf4j.lang.Bpf;
import org.bpf4j.lang.BpfHashMap;
import org.bpf4j.lang.Syscall;

@Bpf(license = "GPL")
public final class OneCauseOneError {

  static final BpfHashMap<Integer, Long> counts = BpfHashMap.create(8);

  @Syscall
  static int count() {
    return begin(Character.getNumericValue('1'));
  }

  static int begin(int key) {
    return counts.put(key, 1L) ? 1 : 0;
  }
}
