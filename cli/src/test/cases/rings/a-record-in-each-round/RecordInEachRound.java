import org.bpf4j.lang.Bpf;
import org.bpf4j.lang.RingBuffer;
import org.bpf4j.lang.Struct;
import org.bpf4j.lang.Xdp;
import org.bpf4j.lang.XdpAction;
import org.bpf4j.lang.XdpContext;

/** A variable that gets a new record when it handed over the last one. */
@Bpf(license = "GPL")
public final class RecordInEachRound {

  @Struct
  static final class Event {
    long number;
  }

  static final RingBuffer<Event> events = RingBuffer.ofBytes(1 << 12);

  @Xdp
  static XdpAction rounds(XdpContext context) {
    int left = context.length() & 3;
    Event event = events.reserve();
    for (int i = 0; i < 3; i++) {
      if (event == null) {
        return XdpAction.ABORTED;
      }
      event.number = i;
      events.submit(event);
      event = events.reserve();
    }
    if (event == null) {
      return XdpAction.ABORTED;
    }
    event.number = 100 + left;
    if (left == 0) {
      events.discard(event);
      return XdpAction.DROP;
    }
    events.submit(event);
    return XdpAction.PASS;
  }

  @Xdp
  static XdpAction updated(XdpContext context) {
    int sent = 0;
    for (Event event = events.reserve(); event != null; event = events.reserve()) {
      if (sent == (context.length() & 7)) {
        events.discard(event);
        break;
      }
      event.number = sent++;
      events.submit(event);
      if (sent > 7) {
        break;
      }
    }
    return sent > 2 ? XdpAction.PASS : XdpAction.DROP;
  }

  @Xdp
  static XdpAction either(XdpContext context) {
    Event event = events.reserve();
    if (event == null) {
      return XdpAction.ABORTED;
    }
    event.number = 1;
    if (context.length() > 20) {
      events.submit(event);
      event = events.reserve();
      if (event == null) {
        return XdpAction.ABORTED;
      }
      event.number = 2;
    }
    event.number += 10;
    events.submit(event);
    return XdpAction.PASS;
  }
}
