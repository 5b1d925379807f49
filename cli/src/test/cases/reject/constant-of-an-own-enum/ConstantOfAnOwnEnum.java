import org.bpf4j.lang.*;

@Bpf(license = "GPL")
public final class ConstantOfAnOwnEnum {
  enum Color {
    RED
  }

  @RawTracepoint("sys_enter")
  static int program(RawTracepointContext context) {
    return (int) Core.valueOf(Color.RED);
  }
}
