import org.bpf4j.lang.Bpf;
import org.bpf4j.lang.RingBuffer;
import org.bpf4j.lang.Struct;
import org.bpf4j.lang.Xdp;
import org.bpf4j.lang.XdpAction;
import org.bpf4j.lang.XdpContext;

@Bpf(license = "GPL")
public final class RingRecordAfterTheNext {

  @Struct
  static final class Event {
    long number;
  }

  static final RingBuffer<Event> events = RingBuffer.ofBytes(1 << 12);

  @Xdp
  static XdpAction old(XdpContext context) {
    Event event = events.reserve();
    for (int i = 0; i < 3; i++) {
      if (event == null) {
        return XdpAction.ABORTED;
      }
      Event before = event;
      events.submit(event);
      event = events.reserve();
      before.number = i;
    }
    if (event != null) {
      events.submit(event);
    }
    return XdpAction.PASS;
  }
}
