import org.bpf4j.lang.Bpf;
import org.bpf4j.lang.BpfArray;
import org.bpf4j.lang.BpfHashMap;
import org.bpf4j.lang.BpfLruHashMap;
import org.bpf4j.lang.MapFlag;
import org.bpf4j.lang.MapFlags;
import org.bpf4j.lang.Xdp;
import org.bpf4j.lang.XdpAction;

@Bpf(license = "GPL")
public final class Flags {

  @MapFlags(MapFlag.RDONLY_PROG)
  static final BpfHashMap<Integer, Integer> limits = BpfHashMap.create(8);

  @MapFlags(
      value = {MapFlag.NO_PREALLOC, MapFlag.ZERO_SEED},
      numaNode = 0)
  static final BpfHashMap<Integer, Long> sparse = BpfHashMap.create(1 << 20);

  @MapFlags(MapFlag.NO_COMMON_LRU)
  static final BpfLruHashMap<Integer, Long> recent = BpfLruHashMap.create(64);

  @MapFlags(MapFlag.MMAPABLE)
  static final BpfArray<Long> counts = BpfArray.create(1_000);

  @MapFlags(MapFlag.WRONLY_PROG)
  static final BpfArray<Integer> last = BpfArray.create(1);

  @Xdp
  static XdpAction count() {
    Integer limit = limits.get(1);
    counts.put(999, counts.get(999) + 1);
    sparse.put(5, counts.get(999));
    recent.put(5, 6L);
    last.put(0, 77);
    return limit != null && counts.get(999) > limit ? XdpAction.DROP : XdpAction.PASS;
  }
}
