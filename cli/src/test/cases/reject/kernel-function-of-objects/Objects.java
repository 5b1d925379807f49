import org.bpf4j.lang.Bpf;
import org.bpf4j.lang.Kconfig;
import org.bpf4j.lang.Kfunc;
import org.bpf4j.lang.Syscall;

@Bpf(license = "GPL")
public final class Objects {

  @Kfunc
  static native int bpfRead(Integer number);

  @Kconfig("CONFIG_HZ")
  static int hz;

  @Kconfig("CONFIG_HZ")
  static boolean hzIsSet;

  @Kconfig("CONFIG_SMP")
  static short smp;

  @Syscall
  static int program() {
    return bpfRead(1);
  }

  @Syscall
  static int other() {
    return hz + (hzIsSet ? 1 : 0) + smp;
  }
}
