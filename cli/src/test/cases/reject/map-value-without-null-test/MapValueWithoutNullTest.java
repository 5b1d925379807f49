import org.bpf4j.lang.*;
import org.bpf4j.lang.net.*;

@Bpf(license = "GPL")
public final class MapValueWithoutNullTest {
  @Struct
  static final class Stats {
    long packets;
  }

  static final BpfPerCpuHashMap<Integer, Stats> stats = BpfPerCpuHashMap.create(16);

  @Xdp
  static XdpAction program(XdpContext context) {
    Stats s = stats.get(1);
    s.packets++;
    return XdpAction.PASS;
  }
}
