import java.util.concurrent.atomic.AtomicLong;
import org.bpf4j.lang.Be16;
import org.bpf4j.lang.Bpf;
import org.bpf4j.lang.BpfHashMap;
import org.bpf4j.lang.BpfString;
import org.bpf4j.lang.RingBuffer;
import org.bpf4j.lang.Struct;
import org.bpf4j.lang.Structs;
import org.bpf4j.lang.Syscall;
import org.bpf4j.lang.U8;

@Bpf(license = "GPL")
public final class InitialValues {

  static final int VERSION = 3;

  enum Mode {
    OFF,
    SLOW,
    FAST
  }

  record Range(short from, int to) {}

  @Struct
  static final class Inner {
    byte level = -4;
    boolean known = true;
    char letter = 'x';
    int zero = 0;
  }

  @Struct
  static final class Event {
    int version = VERSION - 1;
    @Be16 int port = 0x1234;
    @U8 int ttl = 200;
    long mask = ~0xffL;
    Mode mode = Mode.FAST;
    Range range = new Range((short) -2, 1 << 20);
    int plain;
    final Inner inner = new Inner();
    final Inner[] more = Structs.fill(new Inner[2], Inner::new);
    final short[] parts = {1, 2, -3};
    final byte[] name = new byte[5];
    final BpfString text = BpfString.ofSize(8);
    final AtomicLong count = new AtomicLong(5);
  }

  @Struct
  static final class Args {
    int number;
    int other;
    long sum;
  }

  static final RingBuffer<Event> events = RingBuffer.ofBytes(4096);
  static final BpfHashMap<Integer, Event> kept = BpfHashMap.create(4);
  static final BpfHashMap<Integer, Inner> inners = BpfHashMap.create(4);
  static final Event last = new Event();
  static final Inner[] levels = Structs.fill(new Inner[3], Inner::new);
  static final Inner[][] grid = Structs.fillRows(new Inner[2][2], Inner::new);

  static long sum(Event event) {
    long sum = event.version + event.port + event.ttl + event.mode.ordinal() + event.plain;
    sum = sum * 31 + event.mask;
    sum = sum * 31 + event.range.from() + event.range.to();
    sum = sum * 31 + sum(event.inner) + sum(event.more[1]) * 7 + sum(event.more[0]) * 5;
    for (int i = 0; i < 3; i++) {
      sum = sum * 3 + event.parts[i] + event.name[i];
    }
    return sum + event.text.length() + event.count.get() * 1_000_003;
  }

  static int sum(Inner inner) {
    return inner.level * 100 + inner.letter + (inner.known ? 1 : 0) + inner.zero;
  }

  @Syscall
  static int local(Args args) {
    Event event = new Event();
    if (args.number > 0) {
      event.version = args.number;
      event.inner.level = 9;
      event.count.addAndGet(args.number);
    }
    args.sum = sum(event);
    return event.version;
  }

  @Syscall
  static int arrays(Args args) {
    Inner[] two = Structs.fill(new Inner[2], Inner::new);
    Inner[] named = {new Inner(), new Inner()};
    Inner[][] rows = Structs.fillRows(new Inner[2][2], Inner::new);
    two[args.number].level++;
    int sum = 0;
    for (Inner inner : two) {
      sum = sum * 3 + sum(inner);
    }
    for (int i = 0; i < 2; i++) {
      sum = sum * 3 + sum(named[i]) + sum(rows[i][1 - i]);
    }
    return sum;
  }

  @Syscall
  static int shared(Args args) {
    last.version += args.number;
    levels[1].level--;
    grid[1][0].letter++;
    args.sum = sum(last);
    int sum = 0;
    for (Inner inner : levels) {
      sum = sum * 3 + sum(inner);
    }
    return sum + sum(grid[0][1]) * 10 + sum(grid[1][0]);
  }

  @Syscall
  static int reserved(Args args) {
    Event event = events.reserve();
    if (event == null) {
      return -1;
    }
    event.plain = args.number;
    args.sum = sum(event);
    if (args.other != 0) {
      events.discard(event);
      return 2;
    }
    events.submit(event);
    return 1;
  }

  @Syscall
  static int elsewhere(Args args) {
    Defaults.Limits limits = new Defaults.Limits();
    args.sum = limits.rate.perSecond + Defaults.of(args.number) * 3;
    return limits.burst;
  }

  @Syscall
  static int put(Args args) {
    for (int i = 0; i < 2; i++) {
      Event event = new Event();
      event.plain = i + args.number;
      kept.put(i, event);
      event.version = 0;
    }
    Event one = kept.get(1);
    Inner inner = inners.computeIfAbsent(args.number, _ -> new Inner());
    if (one == null || inner == null) {
      return -1;
    }
    args.sum = sum(one);
    return sum(inner);
  }
}
