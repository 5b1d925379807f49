import org.bpf4j.lang.Bpf;
import org.bpf4j.lang.RingBuffer;
import org.bpf4j.lang.RingRecord;
import org.bpf4j.lang.Struct;
import org.bpf4j.lang.Xdp;
import org.bpf4j.lang.XdpAction;
import org.bpf4j.lang.XdpContext;

@Bpf(license = "GPL")
public final class DynptrLost {

  @Struct
  static final class Event {
    int length;
  }

  static final RingBuffer<Event> events = RingBuffer.ofBytes(4096);

  @Xdp
  static XdpAction program(XdpContext context) {
    RingRecord record = events.reserve(context.length());
    if (record == null) {
      return XdpAction.PASS;
    }
    if (!record.write(0, new Event())) {
      return XdpAction.DROP;
    }
    events.submit(record);
    return XdpAction.PASS;
  }
}
