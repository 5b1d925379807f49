import org.bpf4j.lang.Bpf;
import org.bpf4j.lang.Kfunc;
import org.bpf4j.lang.Syscall;

@Bpf(license = "GPL")
public final class Body {

  @Kfunc
  static int bpfAnswer() {
    return 42;
  }

  @Syscall
  static int program() {
    return bpfAnswer();
  }
}
