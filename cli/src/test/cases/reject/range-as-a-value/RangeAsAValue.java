import org.bpf4j.lang.Bpf;
import org.bpf4j.lang.Helpers;
import org.bpf4j.lang.Syscall;

@Bpf(license = "GPL")
public final class RangeAsAValue {

  @Syscall
  static int sum() {
    int sum = 0;
    var numbers = Helpers.range(10);
    for (int i : numbers) {
      sum += i;
    }
    for (int i : sum > 3 ? Helpers.range(1) : Helpers.range(2)) {
      sum += i;
    }
    return sum;
  }
}
