import org.bpf4j.lang.Bpf;
import org.bpf4j.lang.BpfHashMap;
import org.bpf4j.lang.Struct;
import org.bpf4j.lang.Xdp;
import org.bpf4j.lang.XdpAction;
import org.bpf4j.lang.XdpContext;

@Bpf(license = "GPL")
public final class CapturedReferenceAfterRemoval {

  @Struct
  static final class Stats {
    long packets;
  }

  static final BpfHashMap<Integer, Stats> all = BpfHashMap.create(4);

  @Xdp
  static XdpAction program(XdpContext context) {
    Stats first = all.get(1);
    if (first == null) {
      return XdpAction.DROP;
    }
    all.forEach(
        (key, stats) -> {
          first.packets += stats.packets;
          all.remove(key);
          stats.packets = 0;
        });
    first.packets++;
    return XdpAction.PASS;
  }
}
