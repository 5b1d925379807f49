import org.bpf4j.lang.*;

@Bpf(license = "GPL")
public final class LostCounts {
  @Struct
  static final class Stats {
    long packets;
  }

  static final BpfHashMap<Integer, Stats> stats = BpfHashMap.create(16);

  @Xdp
  static XdpAction program(XdpContext context) {
    Stats s = stats.get(1);
    if (s != null) {
      s.packets++;
    }
    return XdpAction.PASS;
  }
}
