import org.bpf4j.lang.Bpf;
import org.bpf4j.lang.BpfArray;
import org.bpf4j.lang.ProgramArray;
import org.bpf4j.lang.Value;
import org.bpf4j.lang.Xdp;
import org.bpf4j.lang.XdpAction;
import org.bpf4j.lang.XdpContext;
import org.bpf4j.lang.net.EtherType;
import org.bpf4j.lang.net.Ethernet;
import org.bpf4j.lang.net.Ipv4;

@Bpf(license = "GPL")
public final class Stages {

  enum Stage {
    @Value(3)
    POLICY,
    @Value(1)
    FORWARD
  }

  static final ProgramArray<Stage> stages = ProgramArray.create();
  static final BpfArray<Integer> trail = BpfArray.create(4);
  static int order;

  @Xdp
  static XdpAction parse(XdpContext ctx) {
    Ethernet eth = ctx.header(Ethernet.class, 0);
    if (eth == null) {
      return XdpAction.PASS;
    }
    mark(0);
    dispatch(ctx, eth.etherType() == EtherType.IPV4 ? Stage.POLICY : Stage.FORWARD);
    return XdpAction.ABORTED;
  }

  /// A call from another method hands over as well.
  static void dispatch(XdpContext ctx, Stage next) {
    stages.call(ctx, next);
  }

  @Xdp(stage = "POLICY")
  static XdpAction policy(XdpContext ctx) {
    Ipv4 ip = ctx.header(Ipv4.class, Ethernet.BYTES);
    if (ip == null) {
      return XdpAction.DROP;
    }
    mark(1);
    ip.ttl(ip.ttl() - 1);
    stages.call(Stage.FORWARD);
    return XdpAction.ABORTED;
  }

  @Xdp(stage = "Stage.FORWARD")
  static XdpAction forward() {
    mark(2);
    return XdpAction.TX;
  }

  static void mark(int index) {
    trail.put(index, ++order);
  }
}
