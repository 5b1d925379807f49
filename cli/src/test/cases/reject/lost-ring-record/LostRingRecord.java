import org.bpf4j.lang.Bpf;
import org.bpf4j.lang.RingBuffer;
import org.bpf4j.lang.Struct;
import org.bpf4j.lang.Xdp;
import org.bpf4j.lang.XdpAction;
import org.bpf4j.lang.XdpContext;

@Bpf(license = "GPL")
public final class LostRingRecord {

  @Struct
  static final class Event {
    int length;
  }

  static final RingBuffer<Event> events = RingBuffer.ofBytes(4096);

  @Xdp
  static XdpAction program(XdpContext context) {
    Event event = events.reserve();
    if (event == null) {
      return XdpAction.PASS;
    }
    if (context.length() > 100) {
      return XdpAction.DROP;
    }
    event.length = context.length();
    events.submit(event);
    return XdpAction.PASS;
  }
}
