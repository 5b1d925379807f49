import org.bpf4j.lang.Bpf;
import org.bpf4j.lang.BpfHashMap;
import org.bpf4j.lang.Struct;
import org.bpf4j.lang.Syscall;

@Bpf(license = "GPL")
public final class Constructors {

  enum Unit {
    BYTES,
    KILOBYTES
  }

  record Port(int number) {
    Port {
      if (number < 0 || number > 0xffff) {
        throw new IllegalArgumentException("port " + number);
      }
    }
  }

  record Range(int from, int to) {
    Range {
      if (from > to) {
        int swap = from;
        from = to;
        to = swap;
      }
    }

    int length() {
      return to - from;
    }
  }

  record Amount(long bytes, Unit unit) {
    Amount(long bytes, Unit unit) {
      this.unit = unit;
      if (unit == Unit.BYTES) {
        this.bytes = bytes;
        return;
      }
      this.bytes = bytes << 10;
    }

    Amount(long bytes) {
      this(bytes, Unit.BYTES);
      if (bytes() == 13) {
        throw new IllegalArgumentException();
      }
    }
  }

  record Flow(Port source, Port target) {
    Flow(int source, int target) {
      this(new Port(source), new Port(target));
    }
  }

  @Struct
  static final class Args {
    int a;
    int b;
  }

  static final BpfHashMap<Range, Long> ranges = BpfHashMap.create(4);
  static final BpfHashMap<Flow, Integer> flows = BpfHashMap.create(4);

  @Syscall
  static int checked(Args args) {
    return new Port(args.a).number() + new Port(args.b).number();
  }

  @Syscall
  static int normalised(Args args) {
    Range range = new Range(args.a, args.b);
    ranges.put(range, (long) range.length());
    return range.equals(new Range(args.b, args.a)) ? range.length() : -1;
  }

  @Syscall
  static int explicit(Args args) {
    Amount one = new Amount(args.a, args.b == 0 ? Unit.BYTES : Unit.KILOBYTES);
    return (int) (one.bytes() + new Amount(args.a).bytes());
  }

  @Syscall
  static int nested(Args args) {
    Flow flow = new Flow(args.a, args.b);
    flows.put(flow, flow.source().number());
    return flow.target().number();
  }
}
