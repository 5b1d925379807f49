import org.bpf4j.lang.Bpf;
import org.bpf4j.lang.Usdt;

@Bpf(license = "GPL")
public final class Probes {

  static int passed;
  static long first;
  static int second;
  static int third;
  static int small;

  @Usdt(binary = "stepper", provider = "app", name = "step")
  static void step(long address, int signed, byte last) {
    passed++;
    first += address;
    second += signed;
    third += last;
  }

  @Usdt(binary = "stepper", provider = "app", name = "step")
  static void all(long a, int b, int c, boolean d, short e) {
    first = a;
    second = b + c;
    third = d ? 1 : 2;
    small = e;
  }

  @Usdt(binary = "stepper", provider = "app", name = "step")
  static int pass() {
    passed += 100;
    return 0;
  }
}
