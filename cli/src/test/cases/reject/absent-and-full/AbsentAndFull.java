import org.bpf4j.lang.*;

@Bpf(license = "GPL")
public final class AbsentAndFull {
  @Struct
  static final class Stats {
    long packets;
  }

  static final BpfHashMap<Integer, Stats> stats = BpfHashMap.create(8);
  static final BpfHashMap<Integer, Long> numbers = BpfHashMap.create(8);

  @Xdp
  static XdpAction unchecked(XdpContext ctx) {
    stats.computeIfAbsent(1, _ -> new Stats()).packets++;
    return XdpAction.PASS;
  }

  @Xdp
  static XdpAction number(XdpContext ctx) {
    long number = numbers.computeIfAbsent(1, key -> key + 1L);
    return number > 3 ? XdpAction.PASS : XdpAction.DROP;
  }

  @Xdp
  static XdpAction nothing(XdpContext ctx) {
    Stats one = stats.computeIfAbsent(1, key -> key > 3 ? new Stats() : null);
    return one == null ? XdpAction.PASS : XdpAction.DROP;
  }
}
