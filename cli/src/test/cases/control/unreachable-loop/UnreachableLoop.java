import java.util.concurrent.atomic.AtomicLong;
import org.bpf4j.lang.Bpf;
import org.bpf4j.lang.Xdp;
import org.bpf4j.lang.XdpAction;
import org.bpf4j.lang.XdpContext;

@Bpf(license = "GPL")
public final class UnreachableLoop {

  static final AtomicLong runs = new AtomicLong();
  static boolean flag = true;
  static int equal;
  static short rounds;

  @Xdp
  static XdpAction program(XdpContext context) {
    char run = (char) runs.incrementAndGet();
    if (!(false && flag)) {
      return XdpAction.PASS;
    }
    switch (run) {
      case 0:
        run /= 256;
        for (int i = 0; i < 4; i++) {
          flag |= i == equal;
          rounds++;
        }
    }
    return run > 3 ? XdpAction.DROP : XdpAction.TX;
  }
}
