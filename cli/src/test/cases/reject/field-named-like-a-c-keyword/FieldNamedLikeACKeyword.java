import org.bpf4j.lang.Bpf;
import org.bpf4j.lang.Struct;
import org.bpf4j.lang.Xdp;
import org.bpf4j.lang.XdpAction;
import org.bpf4j.lang.XdpContext;

@Bpf(license = "GPL")
public final class FieldNamedLikeACKeyword {

  @Struct
  static final class Sample {
    int signed;
  }

  static final Sample last = new Sample();

  @Xdp
  static XdpAction program(XdpContext context) {
    return last.signed > 0 ? XdpAction.DROP : XdpAction.PASS;
  }
}
