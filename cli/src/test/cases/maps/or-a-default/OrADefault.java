import org.bpf4j.lang.Bpf;
import org.bpf4j.lang.BpfHashMap;
import org.bpf4j.lang.BpfLpmTrie;
import org.bpf4j.lang.BpfLruHashMap;
import org.bpf4j.lang.BpfPerCpuHashMap;
import org.bpf4j.lang.Struct;
import org.bpf4j.lang.Syscall;
import org.bpf4j.lang.Xdp;
import org.bpf4j.lang.XdpAction;
import org.bpf4j.lang.XdpContext;
import org.bpf4j.lang.net.Ipv4Prefix;

/// What is not in a map is what the program says instead.
@Bpf(license = "GPL")
public final class OrADefault {

  enum Mode {
    OFF,
    SLOW,
    FAST
  }

  record Flow(int source, short port) {}

  @Struct
  static final class Args {
    int key;
    int evaluated;
    Mode mode;
  }

  static final BpfHashMap<Integer, Integer> numbers = BpfHashMap.create(8);
  static final BpfLruHashMap<Integer, Flow> flows = BpfLruHashMap.create(8);
  static final BpfHashMap<Integer, Mode> modes = BpfHashMap.create(8);
  static final BpfPerCpuHashMap<Short, Long> counts = BpfPerCpuHashMap.create(8);
  static final BpfLpmTrie<Ipv4Prefix, Byte> zones = BpfLpmTrie.create(8);

  static int zone;

  private static int otherwise(Args args) {
    args.evaluated++;
    return -7;
  }

  @Syscall
  static int number(Args args) {
    return numbers.getOrDefault(args.key, otherwise(args)) * 10 + args.evaluated;
  }

  @Syscall
  static int several(Args args) {
    Flow flow = flows.getOrDefault(args.key, new Flow(args.key, (short) 9));
    args.mode = modes.getOrDefault(args.key, Mode.FAST);
    long count = counts.getOrDefault((short) args.key, 1L << 33);
    counts.put((short) args.key, count + 1);
    long next = counts.getOrDefault((short) args.key, 0L);
    return flow.source() + flow.port() * 100 + (next == count + 1 ? 10_000 : 0);
  }

  @Xdp
  static XdpAction find(XdpContext context) {
    zone = zones.getOrDefault(new Ipv4Prefix(32, context.length()), (byte) -1);
    return XdpAction.PASS;
  }

  @Syscall
  static int maybe(Args args) {
    Integer other = numbers.get(args.key + 1);
    Integer found = numbers.getOrDefault(args.key, other);
    return found == null ? -1 : found;
  }
}
