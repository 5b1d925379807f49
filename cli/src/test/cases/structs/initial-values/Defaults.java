import org.bpf4j.lang.BpfFunction;
import org.bpf4j.lang.Struct;

/// Structs of another class, whose initial values travel with its code.
public final class Defaults {

  @Struct
  public static final class Rate {
    public long perSecond = 1L << 35;
  }

  @Struct
  public static final class Limits {
    public int burst = 7;
    public final Rate rate = new Rate();
  }

  @BpfFunction
  static long of(int number) {
    Limits limits = new Limits();
    limits.burst += number;
    return limits.burst + limits.rate.perSecond;
  }

  private Defaults() {}
}
