import org.bpf4j.lang.Bpf;
import org.bpf4j.lang.BpfHashMap;
import org.bpf4j.lang.Xdp;
import org.bpf4j.lang.XdpAction;
import org.bpf4j.lang.XdpContext;

@Bpf(license = "GPL")
public final class ChosenMap {

  static final BpfHashMap<Integer, Long> small = BpfHashMap.create(4);
  static final BpfHashMap<Integer, Long> large = BpfHashMap.create(4);

  @Xdp
  static XdpAction count(XdpContext ctx) {
    BpfHashMap<Integer, Long> sizes = ctx.length() < 20 ? small : large;
    Long before = sizes.get(1);
    sizes.put(1, before == null ? 1L : before + 1);
    return XdpAction.PASS;
  }
}
