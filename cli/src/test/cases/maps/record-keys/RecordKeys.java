import org.bpf4j.lang.Be16;
import org.bpf4j.lang.Be32;
import org.bpf4j.lang.Bpf;
import org.bpf4j.lang.BpfHashMap;
import org.bpf4j.lang.Struct;
import org.bpf4j.lang.Syscall;

@Bpf(license = "GPL")
public final class RecordKeys {

  record Flow(@Be32 int source, @Be16 int port, byte kind) {}

  static final BpfHashMap<Flow, Long> flows = BpfHashMap.create(16);

  @Struct
  static final class Args {
    int source;
    int port;
    int kind;
  }

  @Syscall
  static int count(Args args) {
    Flow flow = new Flow(args.source, args.port, (byte) args.kind);
    Long before = flows.get(flow);
    flows.put(flow, before == null ? 1L : before + 1);
    return flows.containsKey(new Flow(args.source, args.port, (byte) 0)) ? 1 : 0;
  }
}
