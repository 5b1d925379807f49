import org.bpf4j.lang.*;

@Bpf(license = "GPL")
public final class FlagOfInnerMaps {
  @MapFlags(MapFlag.INNER_MAP)
  static final BpfArrayOfMaps<BpfArray<Long>> outer = BpfArrayOfMaps.create(2, BpfArray.create(8));

  @MapFlags(inner = MapFlag.INNER_MAP)
  static final BpfArrayOfMaps<BpfHashMap<Integer, Long>> tables =
      BpfArrayOfMaps.create(2, BpfHashMap.create(8));

  @MapFlags(inner = MapFlag.RDONLY_PROG)
  static final BpfArrayOfMaps<BpfArray<Long>> guarded =
      BpfArrayOfMaps.create(2, BpfArray.create(8));

  @MapFlags(inner = MapFlag.NO_PREALLOC)
  static final BpfHashMap<Integer, Long> seen = BpfHashMap.create(8);

  @MapFlags(MapFlag.STACK_BUILD_ID)
  static final PerfEventArray<Seen> events = PerfEventArray.create();

  @MapFlags(MapFlag.PRESERVE_ELEMS)
  static final StackTraceMap stacks = StackTraceMap.create(8);

  @Struct
  static final class Seen {
    int number;
  }

  @Xdp
  static XdpAction program() {
    return seen.containsKey(1) ? XdpAction.DROP : XdpAction.PASS;
  }
}
