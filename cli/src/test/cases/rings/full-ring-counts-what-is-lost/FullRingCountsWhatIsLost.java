import org.bpf4j.lang.Bpf;
import org.bpf4j.lang.RingBuffer;
import org.bpf4j.lang.Struct;
import org.bpf4j.lang.Xdp;
import org.bpf4j.lang.XdpAction;
import org.bpf4j.lang.XdpContext;

@Bpf(license = "GPL")
public final class FullRingCountsWhatIsLost {

  @Struct
  static final class Event {
    final byte[] payload = new byte[1000];
  }

  static final RingBuffer<Event> events = RingBuffer.ofBytes(1 << 12);

  @Xdp
  static XdpAction flood(XdpContext context) {
    int sent = 0;
    for (int i = 0; i < 8; i++) {
      Event event = events.reserve();
      if (event != null) {
        event.payload[0] = (byte) i;
        events.submit(event);
        sent++;
      }
    }
    return sent == 4 ? XdpAction.DROP : XdpAction.PASS;
  }
}
