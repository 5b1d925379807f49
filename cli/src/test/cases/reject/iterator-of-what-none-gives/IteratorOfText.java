import org.bpf4j.lang.Bpf;
import org.bpf4j.lang.Kfunc;
import org.bpf4j.lang.Syscall;

@Bpf(license = "GPL")
public final class IteratorOfText {

  @Kfunc
  static native Iterable<String> bpfIterText();

  @Syscall
  static int program() {
    int count = 0;
    for (String text : bpfIterText()) {
      count++;
    }
    return count;
  }
}
