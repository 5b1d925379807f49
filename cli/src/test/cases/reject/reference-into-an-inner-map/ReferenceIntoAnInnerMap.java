import org.bpf4j.lang.*;

@Bpf(license = "GPL")
public final class ReferenceIntoAnInnerMap {
  @Struct
  static final class Usage {
    long bytes;
  }

  static final BpfArrayOfMaps<BpfHashMap<Integer, Usage>> tenants =
      BpfArrayOfMaps.create(4, BpfHashMap.create(8));

  @Xdp
  static XdpAction program() {
    BpfHashMap<Integer, Usage> usages = tenants.get(1);
    if (usages == null) {
      return XdpAction.PASS;
    }
    Usage usage = usages.get(1);
    usages.remove(1);
    if (usage != null) {
      usage.bytes = 1;
    }
    return XdpAction.PASS;
  }
}
