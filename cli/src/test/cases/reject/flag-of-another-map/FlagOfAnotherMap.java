import org.bpf4j.lang.*;

@Bpf(license = "GPL")
public final class FlagOfAnotherMap {
  @MapFlags(MapFlag.MMAPABLE)
  static final BpfHashMap<Integer, Long> seen = BpfHashMap.create(8);

  @Xdp
  static XdpAction program() {
    return seen.containsKey(1) ? XdpAction.DROP : XdpAction.PASS;
  }
}
