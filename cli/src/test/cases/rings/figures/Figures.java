import org.bpf4j.lang.Bpf;
import org.bpf4j.lang.RingBuffer;
import org.bpf4j.lang.Struct;
import org.bpf4j.lang.Syscall;

@Bpf(license = "GPL")
public final class Figures {

  @Struct
  static final class Event {
    long number;
    int more;
  }

  static final RingBuffer<Event> events = RingBuffer.ofBytes(8192);

  static long size;
  static long pending;
  static long consumed;
  static long produced;

  @Syscall
  static int fill() {
    Event event = events.reserve();
    if (event == null) {
      return 1;
    }
    event.number = 7;
    events.submit(event);
    size = events.sizeBytes();
    pending = events.pendingBytes();
    consumed = events.consumerPosition();
    produced = events.producerPosition();
    return 0;
  }
}
