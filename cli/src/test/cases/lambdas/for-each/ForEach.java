import org.bpf4j.lang.Bpf;
import org.bpf4j.lang.BpfHashMap;
import org.bpf4j.lang.Struct;
import org.bpf4j.lang.Syscall;

@Bpf(license = "GPL")
public final class ForEach {

  record Flow(int source, short port) {}

  @Struct
  static final class Stats {
    long packets;
    int last;
  }

  @Struct
  static final class Args {
    int now;
    int removed;
    long packets;
  }

  static final BpfHashMap<Flow, Stats> flows = BpfHashMap.create(16);

  static int removed;

  @Syscall
  static int expire(Args args) {
    removed = 0;
    int now = args.now;
    long[] packets = new long[2];
    flows.forEach(
        (flow, stats) -> {
          if (now - stats.last > 10) {
            packets[0] += stats.packets;
            flows.remove(flow);
            removed++;
            return;
          }
          packets[1] += flow.port();
          stats.packets++;
        });
    args.removed = removed;
    args.packets = packets[0] * 1000 + packets[1];
    return 1;
  }
}
