import org.bpf4j.lang.Bpf;
import org.bpf4j.lang.BpfHashMap;
import org.bpf4j.lang.Struct;
import org.bpf4j.lang.Syscall;

@Bpf(license = "GPL")
public final class Generics {

  enum Color {
    RED,
    GREEN,
    BLUE
  }

  record Point(int x, int y) {}

  record Pair<A, B>(A first, B second) {
    Pair<B, A> swapped() {
      return new Pair<>(second, first);
    }

    static <T> Pair<T, T> twice(T value) {
      return new Pair<>(value, value);
    }
  }

  record Bounded<T>(T value, int most) {
    Bounded {
      if (most < 0) {
        throw new IllegalArgumentException();
      }
    }

    Bounded(T value) {
      this(value, 7);
    }
  }

  @Struct
  static final class Args {
    int a;
    long b;
  }

  @Struct
  static final class Slot {
    int used;
  }

  static final BpfHashMap<Integer, Long> counts = BpfHashMap.create(4);

  static <T> T choose(boolean first, T one, T other) {
    return first ? one : other;
  }

  static <E extends Enum<E>> int order(E constant) {
    return constant.ordinal();
  }

  static <T> boolean same(T one, T other) {
    return one.equals(other);
  }

  static <A, B> A first(Pair<A, B> pair) {
    return pair.first();
  }

  static <T> T orElse(T value, T other) {
    return value == null ? other : value;
  }

  @Syscall
  static int methods(Args args) {
    int number = choose(args.a > 0, args.a, 100);
    long wide = choose(args.a > 0, args.b, 200L);
    Color color = choose(args.a > 0, Color.GREEN, Color.BLUE);
    Point point = choose(args.a > 0, new Point(1, 2), new Point(3, 4));
    Slot one = new Slot();
    Slot other = new Slot();
    one.used = 1;
    other.used = 2;
    Slot slot = choose(args.a > 0, one, other);
    return number * 10_000 + (int) wide * 1_000 + order(color) * 100 + point.y() * 10 + slot.used;
  }

  @Syscall
  static int records(Args args) {
    Pair<Integer, Long> pair = new Pair<>(args.a, args.b);
    Pair<Long, Integer> swapped = pair.swapped();
    Pair<Color, Point> mixed = new Pair<>(Color.BLUE, new Point(args.a, 5));
    Pair<Point, Color> other = mixed.swapped();
    int sum = pair.first() + (int) (long) swapped.first() * 10 + first(other).x() * 100;
    Pair<Integer, Integer> twice = Pair.twice(args.a);
    if (twice instanceof Pair<Integer, Integer>(var x, var y) && x.equals(y)) {
      sum += 1_000;
    }
    Pair<Pair<Integer, Long>, Color> deep = new Pair<>(pair, Color.RED);
    return sum + order(deep.second()) + (int) (deep.first().second() * 10_000);
  }

  @Syscall
  static int constructors(Args args) {
    Bounded<Long> bounded = new Bounded<>(args.b);
    Bounded<Color> checked = new Bounded<>(Color.BLUE, args.a);
    return (int) (bounded.value() + bounded.most()) * 10 + order(checked.value()) + checked.most();
  }

  static <T> int present(T value) {
    return value == null ? 0 : 1;
  }

  @Syscall
  static int references(Args args) {
    byte[] bytes = new byte[2];
    Slot slot = new Slot();
    bytes[1] = choose(true, bytes, bytes)[0];
    return present(args) + present(slot) + present(bytes) + present(Color.RED);
  }

  @Syscall
  static int nulls(Args args) {
    counts.put(1, args.b);
    long known = orElse(counts.get(args.a), -1L);
    return (int) known + (same(args.b, 5L) ? 100 : 0) + (same(Color.RED, Color.GREEN) ? 1_000 : 0);
  }
}
