import org.bpf4j.lang.Bpf;
import org.bpf4j.lang.Helpers;
import org.bpf4j.lang.Xdp;
import org.bpf4j.lang.XdpAction;
import org.bpf4j.lang.XdpContext;

@Bpf(license = "GPL")
public final class ClockAndIdentity {

  static long now;

  @Xdp
  static XdpAction ask(XdpContext context) {
    long before = Helpers.ktimeGetNs();
    now = Helpers.ktimeGetBootNs() >= before ? 1 : 0;
    boolean alive = Helpers.getSmpProcessorId() >= 0 && Helpers.ktimeGetNs() >= before;
    return alive && Helpers.jiffies64() != 0 ? XdpAction.PASS : XdpAction.DROP;
  }
}
