import org.bpf4j.lang.Bpf;
import org.bpf4j.lang.CgroupAction;
import org.bpf4j.lang.CgroupBind4;
import org.bpf4j.lang.CgroupBind6;
import org.bpf4j.lang.CgroupBindAction;
import org.bpf4j.lang.CgroupConnect4;
import org.bpf4j.lang.CgroupConnect6;
import org.bpf4j.lang.CgroupGetpeername4;
import org.bpf4j.lang.CgroupGetpeername6;
import org.bpf4j.lang.CgroupGetsockname4;
import org.bpf4j.lang.CgroupGetsockname6;
import org.bpf4j.lang.CgroupRecvmsg4;
import org.bpf4j.lang.CgroupRecvmsg6;
import org.bpf4j.lang.CgroupSendmsg4;
import org.bpf4j.lang.CgroupSendmsg6;
import org.bpf4j.lang.Sendmsg4Context;
import org.bpf4j.lang.Sendmsg6Context;
import org.bpf4j.lang.SocketAddress4Context;
import org.bpf4j.lang.SocketAddress6Context;
import org.bpf4j.lang.net.IpProtocol;
import org.bpf4j.lang.net.Ipv6Address;

@Bpf(license = "GPL")
public final class Addresses {

  static final int VIRTUAL = 0x0a0a0a0a;
  static final int REAL = 0x7f000001;

  static int port;

  @CgroupConnect4
  static CgroupAction connect4(SocketAddress4Context context) {
    if (context.protocol() == IpProtocol.UDP && context.port() == 53) {
      return CgroupAction.DENY;
    }
    if (context.address() == VIRTUAL) {
      context.address(REAL);
      context.port(context.port() + 8000);
    }
    return CgroupAction.ALLOW;
  }

  @CgroupConnect6
  static CgroupAction connect6(SocketAddress6Context context) {
    Ipv6Address to = context.address();
    if (to.isMulticast()) {
      return CgroupAction.DENY;
    }
    context.address(new Ipv6Address(to.high(), to.low() + 1));
    return CgroupAction.ALLOW;
  }

  @CgroupBind4
  static CgroupBindAction bind4(SocketAddress4Context context) {
    if (context.port() == 80) {
      return CgroupBindAction.ALLOW_PRIVILEGED_PORT;
    }
    return context.port() < 1024 ? CgroupBindAction.DENY : CgroupBindAction.ALLOW;
  }

  @CgroupBind6
  static CgroupBindAction bind6(SocketAddress6Context context) {
    context.port(context.port() / (context.type() - 1));
    return CgroupBindAction.ALLOW;
  }

  @CgroupSendmsg4
  static CgroupAction send4(Sendmsg4Context context) {
    context.sourceAddress(context.address() + 1);
    return CgroupAction.ALLOW;
  }

  @CgroupSendmsg6
  static CgroupAction send6(Sendmsg6Context context) {
    context.sourceAddress(context.address());
    return CgroupAction.ALLOW;
  }

  @CgroupRecvmsg4
  static void receive4(SocketAddress4Context context) {
    if (context.address() == REAL) {
      context.address(VIRTUAL);
    }
  }

  @CgroupRecvmsg6
  static void receive6(SocketAddress6Context context) {
    port = context.port();
  }

  @CgroupGetpeername4
  static void peer4(SocketAddress4Context context) {
    context.port(1);
  }

  @CgroupGetpeername6
  static void peer6(SocketAddress6Context context) {
    context.port(2);
  }

  @CgroupGetsockname4
  static void name4(SocketAddress4Context context) {
    context.port(context.port() * 70_000);
  }

  @CgroupGetsockname6
  static void name6(SocketAddress6Context context) {
    context.port(context.family());
  }
}
