import org.bpf4j.lang.Bpf;
import org.bpf4j.lang.Helpers;
import org.bpf4j.lang.Struct;
import org.bpf4j.lang.Syscall;

@Bpf(license = "GPL")
public final class LocalStructAndCopy {

  @Struct
  static final class Point {
    int x;
    long y;
    final short[] path = new short[2];
  }

  @Struct
  static final class Args {
    int x;
    int kept;
  }

  private static void move(Point point, int by) {
    point.x += by;
    point.y -= by;
    point.path[1]++;
  }

  @Syscall
  static int walk(Args args) {
    Point here = new Point();
    here.x = args.x;
    Point before = new Point();
    Helpers.copy(here, before);
    move(here, 7);
    move(here, 1);
    args.kept = before.x;
    return here.x * 100 + (int) here.y + here.path[1];
  }
}
