import org.bpf4j.lang.Bpf;
import org.bpf4j.lang.BpfArray;
import org.bpf4j.lang.Xdp;
import org.bpf4j.lang.XdpAction;
import org.bpf4j.lang.XdpContext;

@Bpf(license = "GPL")
public final class NamesThatAreTaken {

  static int close;
  static int count;
  static final int LIMIT = 5;
  static final BpfArray<Long> free = BpfArray.create(1);

  @Xdp
  static XdpAction count(XdpContext context) {
    count++;
    close = LIMIT;
    return XdpAction.PASS;
  }
}
