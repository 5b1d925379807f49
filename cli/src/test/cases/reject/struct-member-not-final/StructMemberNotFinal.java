import org.bpf4j.lang.Bpf;
import org.bpf4j.lang.RingBuffer;
import org.bpf4j.lang.Struct;
import org.bpf4j.lang.Xdp;
import org.bpf4j.lang.XdpAction;
import org.bpf4j.lang.XdpContext;

@Bpf(license = "GPL")
public final class StructMemberNotFinal {

  @Struct
  static final class Event {
    byte[] data = new byte[8];
  }

  static final RingBuffer<Event> events = RingBuffer.ofBytes(4096);

  @Xdp
  static XdpAction program(XdpContext context) {
    return XdpAction.PASS;
  }
}
