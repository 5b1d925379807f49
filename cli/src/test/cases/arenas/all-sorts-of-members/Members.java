import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.bpf4j.lang.ArenaStruct;
import org.bpf4j.lang.Be32;
import org.bpf4j.lang.Bpf;
import org.bpf4j.lang.BpfArena;
import org.bpf4j.lang.BpfHashMap;
import org.bpf4j.lang.BpfString;
import org.bpf4j.lang.Struct;
import org.bpf4j.lang.Structs;
import org.bpf4j.lang.Syscall;
import org.bpf4j.lang.U16;
import org.jspecify.annotations.Nullable;

@Bpf(license = "GPL")
public final class Members {

  enum Colour {
    RED,
    GREEN,
    BLUE
  }

  record Pair(int left, long right) {}

  @Struct
  static final class Point {
    int x;
    int y;
  }

  @Struct
  static final class Args {
    int number;
  }

  @ArenaStruct
  static final class Leaf {
    byte small;
    boolean flag;
    @U16 int port;
    @Be32 int address;
    Colour colour;
    Pair pair;
    final Point point = new Point();
    final Point[] points = Structs.fill(new Point[3], Point::new);
    final long[] numbers = new long[5];
    final BpfString name = BpfString.ofSize(16);
    final AtomicLong count = new AtomicLong();
    final AtomicInteger bits = new AtomicInteger();
    @Nullable Branch parent;

    int sum() {
      int sum = small + port + address + point.x;
      for (int i = 0; i < numbers.length; i++) {
        sum += (int) numbers[i];
      }
      return sum;
    }
  }

  @ArenaStruct
  static final class Branch {
    final Leaf[] leaves = new Leaf[4];
    int used;
  }

  static final BpfArena arena = BpfArena.ofPages(8);
  static final BpfHashMap<Point, Integer> seen = BpfHashMap.create(4);

  static @Nullable Branch root;
  static int colour;
  static long right;
  static long before;
  static int named;

  @Syscall
  static int grow(Args args) {
    Branch branch = root;
    if (branch == null) {
      branch = arena.allocate(Branch.class);
      if (branch == null) {
        return -1;
      }
      root = branch;
    }
    Leaf leaf = arena.allocate(Leaf.class);
    if (leaf == null) {
      return -2;
    }
    fill(leaf, args.number);
    leaf.parent = branch;
    branch.leaves[branch.used] = leaf;
    branch.used++;
    seen.put(leaf.point, args.number);
    return leaf.sum();
  }

  private static void fill(Leaf leaf, int number) {
    leaf.small = (byte) number;
    leaf.flag = number > 2;
    leaf.port = number + 40_000;
    leaf.address = 0x0a000000 + number;
    leaf.colour = number > 2 ? Colour.BLUE : Colour.GREEN;
    leaf.pair = new Pair(number, number * 3L);
    leaf.point.x = number;
    leaf.point.y = -number;
    leaf.points[number & 1].y = 7;
    for (int i = 0; i < leaf.numbers.length; i++) {
      leaf.numbers[i] = (long) i * number;
    }
    leaf.name.format("leaf %d", number);
    before += leaf.count.getAndAdd(number);
    leaf.count.incrementAndGet();
    before += leaf.bits.getAndUpdate(old -> old | number);
    before += leaf.bits.accumulateAndGet(2, (old, more) -> old ^ more);
  }

  @Syscall
  static int look(Args args) {
    Branch branch = root;
    if (branch == null || args.number >= branch.used) {
      return -1;
    }
    Leaf leaf = branch.leaves[args.number];
    if (leaf == null) {
      return -2;
    }
    Branch parent = leaf.parent;
    if (parent != branch) {
      return -3;
    }
    colour =
        switch (leaf.colour) {
          case RED -> 1;
          case GREEN -> 2;
          case BLUE -> 3;
        };
    right = leaf.pair.right();
    named = leaf.name.startsWith("leaf") ? leaf.name.length() : 0;
    Integer known = seen.get(leaf.point);
    return known == null ? -4 : known + (int) leaf.count.get() + leaf.points[1].y;
  }
}
