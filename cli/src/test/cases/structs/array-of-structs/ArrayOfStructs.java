import org.bpf4j.lang.Bpf;
import org.bpf4j.lang.Struct;
import org.bpf4j.lang.Structs;
import org.bpf4j.lang.Syscall;

@Bpf(license = "GPL")
public final class ArrayOfStructs {

  @Struct
  static final class Point {
    short x;
    short y;
  }

  @Struct
  static final class Slot {
    byte used;
    final Point at = new Point();
    long weight;
  }

  @Struct
  static final class Args {
    int wanted;
    final Slot[] slots = Structs.fill(new Slot[3], Slot::new);
    final Point[] ends = {new Point(), new Point()};
  }

  private static long total(Slot[] slots) {
    long sum = 0;
    for (Slot slot : slots) {
      if (slot.used != 0) {
        sum += slot.weight;
        slot.at.x++;
      }
    }
    return sum;
  }

  @Syscall
  static int walk(Args args) {
    Slot slot = args.slots[args.wanted];
    slot.used = 1;
    slot.at.y -= 2;
    args.slots[(args.wanted + 1) % args.slots.length].weight = 7;
    long sum = total(args.slots);
    args.ends[0].x = (short) sum;
    for (Point end : args.ends) {
      end.y++;
    }
    return (int) sum + args.slots.length;
  }
}
