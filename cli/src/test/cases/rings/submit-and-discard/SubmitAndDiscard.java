import org.bpf4j.lang.Bpf;
import org.bpf4j.lang.RingBuffer;
import org.bpf4j.lang.Struct;
import org.bpf4j.lang.Xdp;
import org.bpf4j.lang.XdpAction;
import org.bpf4j.lang.XdpContext;

@Bpf(license = "GPL")
public final class SubmitAndDiscard {

  @Struct
  static final class Event {
    int length;
    byte first;
    long count;
  }

  static final RingBuffer<Event> events = RingBuffer.ofBytes(1 << 12);
  static long count;

  @Xdp
  static XdpAction report(XdpContext context) {
    Event event = events.reserve();
    if (event == null) {
      return XdpAction.ABORTED;
    }
    event.length = context.length();
    event.count = ++count;
    if (context.length() > 30) {
      events.discard(event);
      return XdpAction.DROP;
    }
    event.first = -1;
    events.submit(event);
    return XdpAction.PASS;
  }
}
