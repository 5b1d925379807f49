import org.bpf4j.lang.Bpf;
import org.bpf4j.lang.Kprobe;

@Bpf(license = "GPL")
public final class ParameterInsideOfAFunction {

  static int seen;

  @Kprobe("do_unlinkat+0x9")
  static void inside(int directory) {
    seen = directory;
  }

  @Kprobe("do_unlinkat+far")
  static void nowhere() {
    seen++;
  }
}
