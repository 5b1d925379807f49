import org.bpf4j.lang.*;
import org.bpf4j.lang.net.*;

@Bpf(license = "GPL")
public final class Chosen {
  @Struct
  static final class Event {
    int length;
  }

  static final RingBuffer<Event> small = RingBuffer.ofBytes(4_096);
  static final RingBuffer<Event> large = RingBuffer.ofBytes(4_096);

  static void emit(RingBuffer<Event> ring, int length) {
    Event event = ring.reserve();
    if (event != null) {
      event.length = length;
      ring.submit(event);
    }
  }

  @Xdp
  static XdpAction count(XdpContext context) {
    emit(small, 1);
    emit(context.length() > 100 ? large : small, context.length());
    return XdpAction.PASS;
  }
}
