import org.bpf4j.lang.*;

@Bpf(license = "GPL")
public final class ProgramWithWrongResult {
  @Xdp
  static int program(XdpContext context) {
    return 2;
  }
}
