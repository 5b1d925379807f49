import org.bpf4j.lang.BpfFunction;

public final class Lengths {

  private Lengths() {}

  @BpfFunction
  public static boolean isLong(int length) {
    return length > 1500;
  }
}
