import org.bpf4j.lang.Bpf;
import org.bpf4j.lang.Helpers;
import org.bpf4j.lang.RingBuffer;
import org.bpf4j.lang.Struct;
import org.bpf4j.lang.Xdp;
import org.bpf4j.lang.XdpAction;
import org.bpf4j.lang.XdpContext;

@Bpf(license = "GPL")
public final class CapturedRecordHandedOver {

  @Struct
  static final class Event {
    long value;
  }

  static final RingBuffer<Event> events = RingBuffer.ofBytes(4096);

  @Xdp
  static XdpAction program(XdpContext context) {
    Event event = events.reserve();
    if (event == null) {
      return XdpAction.DROP;
    }
    Helpers.loop(
        1,
        i -> {
          event.value = i;
          events.submit(event);
          return false;
        });
    return XdpAction.PASS;
  }
}
