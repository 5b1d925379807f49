import org.bpf4j.lang.Bpf;
import org.bpf4j.lang.BpfHashMap;
import org.bpf4j.lang.Struct;
import org.bpf4j.lang.Syscall;

@Bpf(license = "GPL")
public final class Patterns {

  enum Kind {
    POINT,
    LINE,
    NOTHING
  }

  record Point(int x, int y) {}

  record Line(Point from, Point to, Kind kind) {}

  @Struct
  static final class Args {
    int a;
    int b;
    Kind kind;
  }

  @Struct
  static final class Counter {
    int hits;
  }

  static final BpfHashMap<Integer, Line> lines = BpfHashMap.create(4);
  static final BpfHashMap<Integer, Integer> numbers = BpfHashMap.create(4);
  static final BpfHashMap<Integer, Counter> counters = BpfHashMap.create(4);
  static final BpfHashMap<Integer, Kind> kinds = BpfHashMap.create(4);

  static Point at(int x, int y) {
    return new Point(x * 2, y);
  }

  @Syscall
  static int deconstruct(Args args) {
    if (at(args.a, args.b) instanceof Point(var x, int y) && x > y) {
      return x * 100 + y;
    }
    if (!(lines.get(args.a) instanceof Line(Point(int x, _), Point to, var _))) {
      return -1;
    }
    return x * 1_000 + to.x() * 10 + to.y();
  }

  @Syscall
  static int present(Args args) {
    int result = 0;
    if (numbers.get(args.a) instanceof Integer number) {
      result += number;
    }
    if (counters.get(args.b) instanceof Counter counter) {
      counter.hits++;
      result += counter.hits * 100;
    }
    boolean there = lines.get(args.a) instanceof Line line && line.kind() == args.kind;
    return result + (there ? 10_000 : 0) + (kinds.get(args.a) instanceof Kind ? 100_000 : 0);
  }

  @Syscall
  static int choose(Args args) {
    Point point = new Point(args.a, args.b);
    return switch (point) {
      case Point(int x, int y) when x == y -> x;
      case Point(var x, _) when x < 0 -> {
        int sum = 0;
        for (int i = x; i < 0 && i > -8; i++) {
          sum += i;
        }
        yield switch (args.kind) {
          case POINT -> sum;
          case LINE -> -sum;
          case NOTHING -> {
            yield 77;
          }
        };
      }
      case Point(int x, int y) -> x * 10 + y;
    };
  }

  @Syscall
  static int lineOrNull(Args args) {
    int result = 1;
    switch (lines.get(args.a)) {
      case null -> result = -1;
      case Line(Point(var x, var y), Point(var z, _), Kind kind) when kind == args.kind ->
          result += x + y + z;
      case Line line -> result += line.kind().ordinal() * 100;
    }
    return result;
  }

  @Syscall
  static int boxes(Args args) {
    return switch (numbers.get(args.a)) {
      case 5 -> 50;
      case Integer i when i > 100 -> i + 1;
      case Integer i -> -i;
    };
  }

  @Syscall
  static int otherwise(Args args) {
    switch (numbers.get(args.a)) {
      case Integer i
      when i > 6:
        return i;
      case null, default:
        return 3;
    }
  }
}
