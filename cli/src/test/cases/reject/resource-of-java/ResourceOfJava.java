import org.bpf4j.lang.Bpf;
import org.bpf4j.lang.Struct;
import org.bpf4j.lang.Xdp;
import org.bpf4j.lang.XdpAction;
import org.bpf4j.lang.XdpContext;

@Bpf(license = "GPL")
public final class ResourceOfJava {

  @Struct
  static final class Guard implements AutoCloseable {
    int count;

    @Override
    public void close() {
      count--;
    }
  }

  @Xdp
  static XdpAction program(XdpContext context) {
    try (Guard guard = new Guard()) {
      return guard.count == 0 ? XdpAction.PASS : XdpAction.DROP;
    }
  }
}
