import org.bpf4j.lang.*;
import org.bpf4j.lang.net.*;

@Bpf(license = "GPL")
public final class StoreToConstantTable {
  static final int[] PRIMES = {2, 3, 5, 7};

  @Xdp
  static XdpAction program(XdpContext context) {
    PRIMES[1] = 4;
    return XdpAction.PASS;
  }
}
