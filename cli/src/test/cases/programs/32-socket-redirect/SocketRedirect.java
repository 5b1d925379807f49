import org.bpf4j.lang.Bpf;
import org.bpf4j.lang.SkMsg;
import org.bpf4j.lang.SkMsgContext;
import org.bpf4j.lang.SockHash;
import org.bpf4j.lang.SockOps;
import org.bpf4j.lang.SockOpsContext;
import org.bpf4j.lang.SocketAction;

/// Short-cuts connections between processes of one machine: what one end sends goes straight into
/// what the other receives, without TCP.
@Bpf(license = "GPL")
public final class SocketRedirect {

  static final int AF_INET = 2;
  static final int LOCALHOST = 0x7f000001;

  /// One end of a connection.
  record End(int localAddress, int localPort, int remoteAddress, int remotePort) {}

  static final SockHash<End> ends = SockHash.create(65_536);

  @SockOps
  static void onEstablished(SockOpsContext ctx) {
    int operation = ctx.operation();
    if (operation != SockOpsContext.ACTIVE_ESTABLISHED
        && operation != SockOpsContext.PASSIVE_ESTABLISHED) {
      return;
    }
    if (ctx.family() != AF_INET || ctx.remoteAddress() != LOCALHOST) return;
    ends.putSocketIfAbsent(
        new End(ctx.localAddress(), ctx.localPort(), ctx.remoteAddress(), ctx.remotePort()));
  }

  @SkMsg
  static SocketAction onSend(SkMsgContext ctx) {
    if (ctx.family() != AF_INET || ctx.remoteAddress() != LOCALHOST) return SocketAction.PASS;
    End other = new End(ctx.remoteAddress(), ctx.remotePort(), ctx.localAddress(), ctx.localPort());
    ends.redirectIngress(other); // without such a socket the message goes its usual way
    return SocketAction.PASS;
  }
}
