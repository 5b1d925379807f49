import org.bpf4j.lang.Bpf;
import org.bpf4j.lang.BpfString;
import org.bpf4j.lang.Kconfig;
import org.bpf4j.lang.Syscall;
import org.bpf4j.lang.Tristate;

@Bpf(license = "GPL")
public final class Configuration {

  @Kconfig("LINUX_KERNEL_VERSION")
  static int version;

  @Kconfig("CONFIG_BPF")
  static boolean bpf;

  @Kconfig("CONFIG_BPF_SYSCALL")
  static Tristate bpfChoice;

  @Kconfig("CONFIG_BPF")
  static boolean again;

  @Kconfig(value = "CONFIG_BPF4J_NO_SUCH_OPTION", optional = true)
  static int missing;

  @Kconfig(value = "CONFIG_BPF4J_NO_SUCH_TEXT", optional = true)
  static final BpfString text = BpfString.ofSize(32);

  static boolean recent;
  static int answer;

  @Syscall
  static int look() {
    recent = version >= 0x050a00;
    if (bpf && again && bpfChoice == Tristate.YES) {
      answer = 10 + missing;
    }
    return text.isEmpty() ? 1 : 2;
  }
}
