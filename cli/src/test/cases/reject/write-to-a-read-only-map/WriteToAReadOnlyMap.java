import org.bpf4j.lang.*;

@Bpf(license = "GPL")
public final class WriteToAReadOnlyMap {
  @Struct
  static final class Limit {
    long most;
  }

  @MapFlags(MapFlag.RDONLY_PROG)
  static final BpfHashMap<Integer, Limit> limits = BpfHashMap.create(8);

  @Xdp
  static XdpAction program() {
    Limit limit = limits.get(1);
    if (limit != null) {
      limit.most = 5;
    }
    limits.remove(1);
    return XdpAction.PASS;
  }
}
