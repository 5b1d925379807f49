import org.bpf4j.lang.Bpf;
import org.bpf4j.lang.CpuMap;
import org.bpf4j.lang.DevMap;
import org.bpf4j.lang.DevMapHash;
import org.bpf4j.lang.Xdp;
import org.bpf4j.lang.XdpAction;
import org.bpf4j.lang.XdpContext;
import org.bpf4j.lang.XdpCpumap;
import org.bpf4j.lang.XdpDevmap;
import org.bpf4j.lang.XdpDevmapContext;
import org.bpf4j.lang.XskMap;
import org.bpf4j.lang.net.Ethernet;

@Bpf(license = "GPL")
public final class HandedOn {

  /** `ETH_P_802_EX1`: for local experiments. */
  static final int EXPERIMENT = 0x88b5;

  static final DevMap ports = DevMap.create(4);
  static final DevMapHash interfaces = DevMapHash.create(4);
  static final CpuMap cpus = CpuMap.create(4);
  static final XskMap sockets = XskMap.create(4);

  static int way;
  static int seen;
  static int leaving;
  static int elsewhere;
  static int arrived;

  @Xdp
  static XdpAction choose(XdpContext context) {
    if (!isOurs(context.header(Ethernet.class, 0))) {
      return XdpAction.PASS;
    }
    seen++;
    return switch (way) {
      case 0 -> ports.redirect(1, XdpAction.DROP);
      case 1 -> interfaces.redirect(4711, XdpAction.DROP);
      case 2 -> cpus.redirect(0, XdpAction.DROP);
      case 3 -> sockets.redirect(context.rxQueueIndex(), XdpAction.DROP);
      default -> XdpAction.PASS;
    };
  }

  @XdpDevmap
  static XdpAction leave(XdpDevmapContext context) {
    Ethernet frame = context.header(Ethernet.class, 0);
    if (isOurs(frame) && context.egressIfindex() != context.ingressIfindex()) {
      leaving++;
    }
    return XdpAction.PASS;
  }

  @XdpCpumap
  static XdpAction receive(XdpContext context) {
    elsewhere += isOurs(context.header(Ethernet.class, 0)) ? 1 : 0;
    return XdpAction.DROP;
  }

  @Xdp
  static XdpAction end(XdpContext context) {
    if (!isOurs(context.header(Ethernet.class, 0))) {
      return XdpAction.PASS;
    }
    arrived++;
    return XdpAction.DROP;
  }

  private static boolean isOurs(Ethernet frame) {
    return frame != null && frame.etherType() == EXPERIMENT;
  }
}
