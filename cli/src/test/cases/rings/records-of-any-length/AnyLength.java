import org.bpf4j.lang.Bpf;
import org.bpf4j.lang.BpfString;
import org.bpf4j.lang.RingBuffer;
import org.bpf4j.lang.RingRecord;
import org.bpf4j.lang.Struct;
import org.bpf4j.lang.Syscall;

@Bpf(license = "GPL")
public final class AnyLength {

  @Struct
  static final class Head {
    int kind;
    int length;
  }

  @Struct
  static final class Name {
    final BpfString text = BpfString.ofSize(8);
  }

  @Struct
  static final class Args {
    int length;
    int at;
    int answer;
    final byte[] payload = new byte[16];
  }

  static final RingBuffer<Head> events = RingBuffer.ofBytes(4096);
  static final int[] weights = {1, 10, 100};

  /// A head in place, and as much of the payload as was asked for.
  @Syscall
  static int send(Args args) {
    RingRecord record = events.reserve(8 + args.length);
    if (record == null) {
      return -1;
    }
    Head head = record.data(Head.class, 0);
    if (head == null) {
      events.discard(record);
      return -2;
    }
    head.kind = 7;
    head.length = args.length;
    if (!record.write(8, args.payload, 0, args.length)) {
      events.discard(record);
      return -3;
    }
    events.submit(record);
    return 0;
  }

  /// Structs, arrays and text at any place; what lies outside is refused.
  @Syscall
  static int copy(Args args) {
    RingRecord record = events.reserve(24);
    if (record == null) {
      return -1;
    }
    Name name = new Name();
    name.text.copyFrom("bpf4j");
    byte[] zeroes = new byte[24];
    record.write(0, zeroes);
    Head head = new Head();
    head.kind = args.at;
    head.length = 5;
    args.answer += record.write(args.at, head) ? 1 : 0;
    args.answer += record.write(16, name.text) ? 10 : 0;
    args.answer += record.write(24, name.text) ? 100 : 0;
    Head back = new Head();
    back.length = 9;
    args.answer += record.read(args.at, back) ? 1_000 : 0;
    args.answer += back.length * 10_000;
    Name again = new Name();
    if (record.read(16, again.text) && again.text.contentEquals("bpf4j")) {
      args.answer += 100_000;
    }
    Head place = record.data(Head.class, 16);
    if (place != null) {
      place.kind++;
    }
    args.answer += record.data(Head.class, 17) == null ? 1_000_000 : 0;
    record.read(16, again.text);
    args.answer += again.text.byteAt(0) == 'c' ? 10_000_000 : 0;
    events.submit(record);
    return 0;
  }

  /// An abort gives the record back, whether or not there is one.
  @Syscall
  static int abort(Args args) {
    RingRecord record = args.length > 0 ? events.reserve(args.length) : null;
    int weight = weights[args.at];
    if (record != null) {
      record.write(0, args.payload, 0, 1);
      weight += weights[args.at + 1];
      events.submit(record);
    }
    return weight;
  }

  /// One record behind the other, in the same place on the stack.
  @Syscall
  static int many(Args args) {
    int sent = 0;
    for (int i = 1; i <= 3; i++) {
      RingRecord record = events.reserve(i);
      if (record == null) {
        return sent;
      }
      if (i == args.at) {
        events.discard(record);
        continue;
      }
      record.write(0, args.payload, 0, i);
      events.submit(record);
      sent++;
    }
    return sent;
  }
}
