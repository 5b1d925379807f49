import org.bpf4j.lang.Bpf;
import org.bpf4j.lang.BpfHashMap;
import org.bpf4j.lang.Struct;
import org.bpf4j.lang.Tc;
import org.bpf4j.lang.TcAction;
import org.bpf4j.lang.TcContext;

@Bpf(license = "GPL")
public final class DefaultOfAReference {

  @Struct
  static final class Stats {
    long packets;
  }

  static final BpfHashMap<Integer, Stats> all = BpfHashMap.create(16);

  @Tc
  static TcAction count(TcContext context) {
    all.getOrDefault(context.mark(), new Stats()).packets++;
    return TcAction.OK;
  }
}
