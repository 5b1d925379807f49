import org.bpf4j.lang.Bpf;
import org.bpf4j.lang.BpfHashMap;
import org.bpf4j.lang.BpfSkStorage;
import org.bpf4j.lang.MapFlag;
import org.bpf4j.lang.MapFlags;
import org.bpf4j.lang.PerfEventArray;
import org.bpf4j.lang.Struct;
import org.bpf4j.lang.Tc;
import org.bpf4j.lang.TcAction;
import org.bpf4j.lang.TcContext;

@Bpf(license = "GPL")
public final class Guarded {

  @Struct
  static final class Limit {
    int packets;
  }

  @MapFlags(MapFlag.RDONLY)
  static final BpfHashMap<Integer, Long> shown = BpfHashMap.create(4);

  @MapFlags(MapFlag.WRONLY)
  static final BpfHashMap<Integer, Long> taken = BpfHashMap.create(4);

  @MapFlags(MapFlag.CLONE)
  static final BpfSkStorage<Limit> limits = BpfSkStorage.create();

  @MapFlags(MapFlag.PRESERVE_ELEMS)
  static final PerfEventArray<Limit> events = PerfEventArray.create();

  static int moved;

  @Tc
  static TcAction move(TcContext context) {
    Long value = taken.get(1);
    if (value == null) {
      return TcAction.SHOT;
    }
    shown.put(1, value + 1);
    moved++;
    return TcAction.OK;
  }

  @Tc
  static TcAction report(TcContext context) {
    Limit limit = new Limit();
    limit.packets = context.length();
    return events.output(context, limit) ? TcAction.OK : TcAction.SHOT;
  }
}
