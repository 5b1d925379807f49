import org.bpf4j.lang.Bpf;
import org.bpf4j.lang.RingBuffer;
import org.bpf4j.lang.Struct;
import org.bpf4j.lang.Xdp;
import org.bpf4j.lang.XdpAction;
import org.bpf4j.lang.XdpContext;

@Bpf(license = "GPL")
public final class RingRecordAfterSubmit {

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
    events.submit(event);
    event.length = context.length();
    return XdpAction.PASS;
  }
}
