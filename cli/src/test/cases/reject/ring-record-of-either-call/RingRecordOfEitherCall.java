import org.bpf4j.lang.Bpf;
import org.bpf4j.lang.RingBuffer;
import org.bpf4j.lang.Struct;
import org.bpf4j.lang.Xdp;
import org.bpf4j.lang.XdpAction;
import org.bpf4j.lang.XdpContext;

@Bpf(license = "GPL")
public final class RingRecordOfEitherCall {

  @Struct
  static final class Event {
    long number;
  }

  static final RingBuffer<Event> small = RingBuffer.ofBytes(1 << 12);
  static final RingBuffer<Event> large = RingBuffer.ofBytes(1 << 14);

  @Xdp
  static XdpAction late(XdpContext context) {
    Event event;
    if (context.length() > 100) {
      event = large.reserve();
    } else {
      event = small.reserve();
    }
    if (event == null) {
      return XdpAction.ABORTED;
    }
    small.submit(event);
    event.number = 1;
    return XdpAction.PASS;
  }
}
