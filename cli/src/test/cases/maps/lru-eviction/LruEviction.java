import org.bpf4j.lang.Bpf;
import org.bpf4j.lang.BpfLruHashMap;
import org.bpf4j.lang.Xdp;
import org.bpf4j.lang.XdpAction;
import org.bpf4j.lang.XdpContext;

@Bpf(license = "GPL")
public final class LruEviction {

  static final BpfLruHashMap<Integer, Integer> recent = BpfLruHashMap.create(128);

  @Xdp
  static XdpAction fill(XdpContext context) {
    int stored = 0;
    for (int i = 0; i < 200; i++) {
      if (recent.put(i, i)) {
        stored++;
      }
    }
    return stored == 200 && recent.containsKey(199) && !recent.containsKey(0)
        ? XdpAction.DROP
        : XdpAction.PASS;
  }
}
