import org.bpf4j.lang.Bpf;
import org.bpf4j.lang.BpfHashMap;
import org.bpf4j.lang.Helpers;
import org.bpf4j.lang.Struct;
import org.bpf4j.lang.Xdp;
import org.bpf4j.lang.XdpAction;
import org.bpf4j.lang.XdpContext;

@Bpf(license = "GPL")
public final class CapturedNullable {

  @Struct
  static final class Stats {
    long packets;
  }

  static final BpfHashMap<Integer, Stats> all = BpfHashMap.create(4);
  static final BpfHashMap<Integer, Long> numbers = BpfHashMap.create(4);

  @Xdp
  static XdpAction program(XdpContext context) {
    Stats stats = all.get(1);
    Long number = numbers.get(1);
    Helpers.loop(
        3,
        i -> {
          stats.packets += i;
          return true;
        });
    Helpers.loop(3, i -> number > i);
    return XdpAction.PASS;
  }
}
