import org.bpf4j.lang.BpfFunction;

final class Arithmetic {

  private Arithmetic() {}

  @BpfFunction
  static int clamp(int value, int least, int most) {
    return Math.max(least, Math.min(most, value));
  }

  @BpfFunction
  static void widen(Measure measure, long by) {
    measure.high = measure.low + by;
    measure.low = measure.low / by * by + measure.low % by;
  }
}
