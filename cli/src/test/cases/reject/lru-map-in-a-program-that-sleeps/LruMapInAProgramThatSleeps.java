import org.bpf4j.lang.*;

@Bpf(license = "GPL")
public final class LruMapInAProgramThatSleeps {
  static final BpfLruHashMap<Integer, Long> seen = BpfLruHashMap.create(16);

  @Syscall
  static int program() {
    return seen.containsKey(1) ? 1 : 0;
  }
}
