import org.bpf4j.lang.Bpf;
import org.bpf4j.lang.Helpers;
import org.bpf4j.lang.Kprobe;

/// Instructions behind the entry of a function: the first that begins where the kernel has one.
@Bpf(license = "GPL")
public final class InsideOfAFunction {

  static int seen;

  @Kprobe({"do_unlinkat+0x9", "do_unlinkat+5"})
  static int inside() {
    seen++;
    return Helpers.getCurrentPidTgid() < 0 ? 1 : 2;
  }
}
