import org.bpf4j.lang.Bpf;
import org.bpf4j.lang.Syscall;
import org.bpf4j.lang.Walk;

@Bpf(license = "GPL")
public final class ManyWords {

  static final long[] words = new long[600];

  @Syscall
  static int program() {
    int count = 0;
    for (int bit : Walk.bits(words)) {
      count += bit;
    }
    return count;
  }
}
