import org.bpf4j.lang.Bpf;
import org.bpf4j.lang.RingBuffer;
import org.bpf4j.lang.Struct;
import org.bpf4j.lang.Xdp;
import org.bpf4j.lang.XdpAction;
import org.bpf4j.lang.XdpContext;

@Bpf(license = "GPL")
public final class RingRecordStoredByACalleeThatForgetsIt {

  @Struct
  static final class Event {
    int length;
  }

  static final RingBuffer<Event> events = RingBuffer.ofBytes(4096);

  private static void fill(Event event, int length) {
    event.length = length;
  }

  @Xdp
  static XdpAction program(XdpContext context) {
    Event event = events.reserve();
    if (event != null) {
      fill(event, context.length());
    }
    return XdpAction.PASS;
  }
}
