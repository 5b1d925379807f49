import org.bpf4j.lang.Bpf;
import org.bpf4j.lang.Kconfig;
import org.bpf4j.lang.Syscall;

@Bpf(license = "GPL")
public final class TwoTypes {

  @Kconfig("CONFIG_HZ")
  static int hz;

  @Kconfig("CONFIG_HZ")
  static long hzWide;

  @Syscall
  static int program() {
    return hz + (int) hzWide;
  }
}
