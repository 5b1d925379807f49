import org.bpf4j.lang.BoundSocket4Context;
import org.bpf4j.lang.BoundSocket6Context;
import org.bpf4j.lang.Bpf;
import org.bpf4j.lang.CgroupAction;
import org.bpf4j.lang.CgroupPostBind4;
import org.bpf4j.lang.CgroupPostBind6;
import org.bpf4j.lang.CgroupSockContext;
import org.bpf4j.lang.CgroupSockCreate;
import org.bpf4j.lang.CgroupSockRelease;
import org.bpf4j.lang.net.Ipv6Address;

@Bpf(license = "GPL")
public final class MadeSockets {

  static final int RAW = 3;

  static int open;
  static int address;
  static Ipv6Address address6 = new Ipv6Address(0, 0);

  @CgroupSockCreate
  static CgroupAction create(CgroupSockContext context) {
    if (context.type() == RAW) {
      return CgroupAction.DENY;
    }
    open++;
    context.mark(0x1234);
    context.priority(context.priority() + 1);
    context.boundIfindex(context.family() == 10 ? 1 : 0);
    return CgroupAction.ALLOW;
  }

  @CgroupSockRelease
  static CgroupAction release(CgroupSockContext context) {
    open -= context.mark() == 0x1234 ? 1 : 0;
    return CgroupAction.ALLOW;
  }

  @CgroupPostBind4
  static CgroupAction bound4(BoundSocket4Context context) {
    address = context.sourceAddress();
    return context.sourcePort() % 2 == 0 ? CgroupAction.ALLOW : CgroupAction.DENY;
  }

  @CgroupPostBind6
  static CgroupAction bound6(BoundSocket6Context context) {
    address6 = context.sourceAddress();
    return context.sourcePort() % 2 == 0 ? CgroupAction.ALLOW : CgroupAction.DENY;
  }
}
