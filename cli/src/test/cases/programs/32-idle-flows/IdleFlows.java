import org.bpf4j.lang.Bpf;
import org.bpf4j.lang.BpfHashMap;
import org.bpf4j.lang.BpfTimer;
import org.bpf4j.lang.Config;
import org.bpf4j.lang.RingBuffer;
import org.bpf4j.lang.Struct;
import org.bpf4j.lang.Tc;
import org.bpf4j.lang.TcAction;
import org.bpf4j.lang.TcContext;
import org.bpf4j.lang.net.EtherType;
import org.bpf4j.lang.net.Ethernet;
import org.bpf4j.lang.net.Ipv4;

/// Counts what flows between two addresses, and reports a flow that was idle for some time by a
/// timer of its own.
@Bpf(license = "GPL")
public final class IdleFlows {

  record Flow(int source, int destination) {}

  @Struct
  static final class Traffic {
    long packets;
    long bytes;
    final BpfTimer idle = new BpfTimer();
  }

  @Struct
  static final class Report {
    int source;
    int destination;
    long packets;
    long bytes;
  }

  static final BpfHashMap<Flow, Traffic> flows = BpfHashMap.create(1_024);
  static final RingBuffer<Report> reports = RingBuffer.ofBytes(1 << 14);

  @Config static long idleNs = 30_000_000_000L;

  @Tc
  static TcAction see(TcContext context) {
    Ethernet frame = context.header(Ethernet.class, 0);
    if (frame == null || frame.etherType() != EtherType.IPV4) {
      return TcAction.UNSPEC;
    }
    Ipv4 ip = context.header(Ipv4.class, Ethernet.BYTES);
    if (ip == null) {
      return TcAction.UNSPEC;
    }
    Flow flow = new Flow(ip.source(), ip.destination());
    if (!flows.containsKey(flow)) {
      flows.putIfAbsent(flow, new Traffic());
    }
    Traffic traffic = flows.get(flow);
    if (traffic == null) {
      return TcAction.UNSPEC;
    }
    traffic.packets++;
    traffic.bytes += context.length();
    traffic.idle.start(flows, idleNs, IdleFlows::report);
    return TcAction.UNSPEC;
  }

  private static void report(Flow flow, Traffic traffic) {
    Report report = reports.reserve();
    if (report != null) {
      report.source = flow.source();
      report.destination = flow.destination();
      report.packets = traffic.packets;
      report.bytes = traffic.bytes;
      reports.submit(report);
    }
    flows.remove(flow);
  }
}
