import org.bpf4j.lang.Bpf;
import org.bpf4j.lang.BpfString;
import org.bpf4j.lang.RingBuffer;
import org.bpf4j.lang.Struct;
import org.bpf4j.lang.Syscall;

/// An abort gives the whole record back, whatever part of it was touched last.
@Bpf(license = "GPL")
public final class Parts {

  @Struct
  static final class Point {
    int x;
    int y;
  }

  @Struct
  static final class Event {
    int quotient;
    final BpfString first = BpfString.ofSize(8);
    final BpfString second = BpfString.ofSize(8);
    final Point point = new Point();
  }

  @Struct
  static final class Args {
    int divisor;
  }

  static final RingBuffer<Event> events = RingBuffer.ofBytes(4_096);

  @Syscall
  static int text(Args args) {
    Event event = events.reserve();
    if (event == null) return -1;
    event.first.copyFrom("12345678");
    event.second.clear();
    int quotient = 100 / args.divisor;
    event.quotient = quotient;
    events.submit(event);
    return quotient;
  }

  @Syscall
  static int either(Args args) {
    Event event = events.reserve();
    if (event == null) return -1;
    BpfString text = args.divisor > 1 ? event.first : event.second;
    text.copyFrom("abcdefgh");
    Point point = event.point;
    point.y = 7;
    int quotient = 100 / args.divisor;
    event.quotient = quotient;
    if (quotient > 50) event.first.copyFrom("ABCDEFGH");
    else event.second.copyFrom("ABCDEFGH");
    events.submit(event);
    return quotient;
  }
}
