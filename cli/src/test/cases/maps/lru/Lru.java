import org.bpf4j.lang.Bpf;
import org.bpf4j.lang.BpfLruHashMap;
import org.bpf4j.lang.BpfLruPerCpuHashMap;
import org.bpf4j.lang.Xdp;
import org.bpf4j.lang.XdpAction;
import org.bpf4j.lang.XdpContext;

@Bpf(license = "GPL")
public final class Lru {

  static final BpfLruHashMap<Integer, Long> recent = BpfLruHashMap.create(64);
  static final BpfLruPerCpuHashMap<Integer, Integer> mine = BpfLruPerCpuHashMap.create(64);

  @Xdp
  static XdpAction count(XdpContext context) {
    int key = context.length();
    Long before = recent.get(key);
    recent.put(key, before == null ? 1L : before + 1);
    mine.put(key, key * 2);
    return before == null ? XdpAction.PASS : XdpAction.DROP;
  }
}
