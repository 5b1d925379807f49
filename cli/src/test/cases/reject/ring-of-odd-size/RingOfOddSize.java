import org.bpf4j.lang.*;
import org.bpf4j.lang.net.*;

@Bpf(license = "GPL")
public final class RingOfOddSize {
  @Struct
  static final class Event {
    int a;
  }

  static final RingBuffer<Event> events = RingBuffer.ofBytes(5000);

  @Xdp
  static XdpAction program(XdpContext context) {
    return XdpAction.PASS;
  }
}
