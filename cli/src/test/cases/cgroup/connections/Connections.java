import org.bpf4j.lang.Bpf;
import org.bpf4j.lang.BpfHashMap;
import org.bpf4j.lang.SockOps;
import org.bpf4j.lang.SockOpsContext;
import org.bpf4j.lang.net.Ipv6Address;

@Bpf(license = "GPL")
public final class Connections {

  record Peer(Ipv6Address address, int port) {}

  static final BpfHashMap<Peer, Long> received = BpfHashMap.create(16);
  static int remote;
  static int port;
  static int localPort;

  @SockOps
  static void watch(SockOpsContext context) {
    switch (context.operation()) {
      case SockOpsContext.WINDOW_INIT -> context.reply(40);
      case SockOpsContext.ACTIVE_ESTABLISHED, SockOpsContext.PASSIVE_ESTABLISHED -> {
        remote = context.remoteAddress();
        port = context.remotePort();
        localPort = context.localPort();
        context.setCallbackFlags(SockOpsContext.ON_STATE);
        if (context.setOption(6, 1, 1) != 0) {
          return;
        }
        context.reply(7);
      }
      case SockOpsContext.STATE -> {
        if (context.family() == 10 && context.argument1() == 7) {
          received.put(
              new Peer(context.remoteAddress6(), context.remotePort()), context.bytesReceived());
        }
      }
      default -> context.reply(-1);
    }
  }
}
