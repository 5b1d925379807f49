import org.bpf4j.lang.Bpf;
import org.bpf4j.lang.BpfHashMap;
import org.bpf4j.lang.BpfString;
import org.bpf4j.lang.RingBuffer;
import org.bpf4j.lang.Struct;
import org.bpf4j.lang.Syscall;

@Bpf(license = "GPL")
public final class Format {

  @Struct
  static final class Args {
    int number;
    final BpfString name = BpfString.ofSize(4);
    final BpfString shown = BpfString.ofSize(16);
  }

  @Struct
  static final class Line {
    final BpfString text = BpfString.ofSize(24);
  }

  static final BpfHashMap<Integer, Line> lines = BpfHashMap.create(4);
  static final RingBuffer<Line> ring = RingBuffer.ofBytes(4096);
  static final BpfString global = BpfString.ofSize(12);

  static int first;
  static int second;
  static int third;
  static int fourth;
  static int fifth;

  @Syscall
  static int format(Args args) {
    Line line = new Line();
    first = line.text.format("%d is %x; %c", args.number, (byte) args.number, 'x');
    second = args.shown.format("<%s>", args.name);
    third = global.format("%s+%d%%", args.shown, (long) args.number << 32);
    lines.put(1, line);
    Line kept = lines.get(1);
    if (kept == null) {
      return 1;
    }
    fourth = kept.text.format("%s|%s", kept.text, args.name);
    Line event = ring.reserve();
    if (event == null) {
      return 2;
    }
    fifth = event.text.format("nothing to print");
    ring.submit(event);
    return event(args);
  }

  static int event(Args args) {
    Line line = new Line();
    return line.text.format(
        "%d %d %d %d %d %d %d %d %d %d %d %d", args.number, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11);
  }
}
