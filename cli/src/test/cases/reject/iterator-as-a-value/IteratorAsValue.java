import org.bpf4j.lang.Bpf;
import org.bpf4j.lang.Kfunc;
import org.bpf4j.lang.Syscall;
import org.bpf4j.lang.Walk;

@Bpf(license = "GPL")
public final class IteratorAsValue {

  @Kfunc
  static native Iterable<Integer> bpfIterNum(int from, int to);

  @Syscall
  static int own() {
    return bpfIterNum(1, 2) == null ? 1 : 0;
  }

  @Syscall
  static int bits() {
    return Walk.bits(1) == null ? 1 : 0;
  }
}
