import org.bpf4j.lang.Bpf;
import org.bpf4j.lang.BpfHashMap;
import org.bpf4j.lang.BpfPerCpuArray;
import org.bpf4j.lang.Struct;
import org.bpf4j.lang.Xdp;
import org.bpf4j.lang.XdpAction;
import org.bpf4j.lang.XdpContext;

@Bpf(license = "GPL")
public final class Flows {
  record Key(int queue, int length) {}

  @Struct
  static final class Stats {
    long packets;
  }

  static final BpfHashMap<Key, Stats> flows = BpfHashMap.create(16);
  static final BpfHashMap<Integer, Other> other = BpfHashMap.create(16);
  static final BpfPerCpuArray<Stats> flowsBpf = BpfPerCpuArray.create(1);

  @Xdp
  static XdpAction count(XdpContext context) {
    Stats stats = flows.get(new Key(context.rxQueueIndex(), context.length()));
    if (stats == null) {
      return XdpAction.DROP;
    }
    stats.packets = stats.packets + 1;
    flowsBpf.get(0).packets++;
    other.put(1, new Other(2));
    return XdpAction.PASS;
  }
}
