import org.bpf4j.lang.Bpf;
import org.bpf4j.lang.Syscall;
import org.bpf4j.lang.Walk;

@Bpf(license = "GPL", minKernel = "6.6")
public final class NewBits {

  @Syscall
  static int program() {
    int count = 0;
    for (int bit : Walk.bits(12)) {
      count += bit;
    }
    return count;
  }
}
