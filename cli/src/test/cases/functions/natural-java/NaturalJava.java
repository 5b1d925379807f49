import static java.lang.Math.abs;
import static java.lang.Math.max;

import org.bpf4j.lang.Bpf;
import org.bpf4j.lang.BpfArray;
import org.bpf4j.lang.Struct;
import org.bpf4j.lang.Syscall;

@Bpf(license = "GPL")
public final class NaturalJava {

  @Struct
  static final class Args {
    int a;
    int b;
  }

  interface Limits {
    int MOST = 100;
    long WIDE = MOST * 1L << 20;
  }

  static final class Clamped {
    static final int LEAST = -5;

    private Clamped() {}

    static int of(int value) {
      return value < LEAST ? LEAST : value > Limits.MOST ? Limits.MOST : value;
    }
  }

  record Key(int source, short port, boolean secure) {
    Key(int source) {
      this(source, (short) 443);
    }

    Key(int source, short port) {
      this(source, port, port == 443 || port == 8443);
    }

    Key next() {
      return new Key(source + 1, port);
    }

    static Key of(int source) {
      return new Key(source).next().next();
    }
  }

  @Struct
  static final class Mean {
    long sum;
    int count;

    Mean reset() {
      sum = 0;
      count = 0;
      return this;
    }

    Mean add(int... values) {
      for (int value : values) {
        sum += value;
      }
      count += values.length;
      return this;
    }

    int get() {
      return count == 0 ? 0 : (int) (sum / count);
    }
  }

  static final BpfArray<Mean> means = BpfArray.create(1);

  static int greatest(int first, int... others) {
    int best = first;
    for (int other : others) {
      best = max(best, other);
    }
    return best;
  }

  @Syscall
  static int constructors(Args args) {
    Key key = Key.of(args.a);
    Key other = new Key(args.a + 2, (short) args.b);
    return key.source() * 100 + (key.secure() ? 10 : 0) + (key.equals(other) ? 1 : 0);
  }

  @Syscall
  static int variableArguments(Args args) {
    int[] numbers = {args.a, 4};
    return greatest(args.a)
        + greatest(args.a, args.b) * 100
        + greatest(0, numbers) * 10_000
        + means.get(0).reset().add().add(args.a, args.b).add(6).get() * 1_000_000;
  }

  @Syscall
  static int local(Args args) {
    record Point(int x, int y) {
      int distance() {
        return abs(x) + abs(y);
      }
    }
    enum Side {
      LEFT,
      RIGHT;

      Side opposite() {
        return this == LEFT ? RIGHT : LEFT;
      }
    }
    Side side = args.a < 0 ? Side.LEFT : Side.RIGHT;
    var point = new Point(args.a, args.b);
    return switch (side.opposite()) {
      case LEFT -> point.distance();
      case RIGHT -> -point.distance();
    };
  }

  @Syscall
  static int constants(Args args) {
    return Clamped.of(args.a * 1_000) + (int) (Limits.WIDE >> 20);
  }

  @Syscall
  static int labels(Args args) {
    int found = 0;
    outer:
    for (int i = 1; i < 10; i++) {
      for (int j = 1; j < 10; j++) {
        if (j == args.b) {
          continue outer;
        }
        if (i * j == args.a) {
          found = i * 10 + j;
          break outer;
        }
      }
    }
    return found;
  }
}
