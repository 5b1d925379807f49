import org.bpf4j.lang.Bpf;
import org.bpf4j.lang.CgroupAction;
import org.bpf4j.lang.CgroupSkbContext;
import org.bpf4j.lang.CgroupSkbIngress;
import org.bpf4j.lang.net.Ipv4;

@Bpf(license = "GPL")
final class Reject {

  @CgroupSkbIngress
  static CgroupAction rewrite(CgroupSkbContext context) {
    Ipv4 ip = context.header(Ipv4.class, 0);
    if (ip != null) {
      ip.ttl(64);
    }
    return CgroupAction.ALLOW;
  }
}
