import org.bpf4j.lang.Bpf;
import org.bpf4j.lang.Struct;
import org.bpf4j.lang.Syscall;

@Bpf(license = "GPL")
public final class Constants {
  record Share(int percent) {
    Share {
      if (percent < 0) throw new IllegalArgumentException("negative");
      if (percent > 100) percent = 100;
    }
  }

  record Point(long x, int y) {
    static final Point FAR = new Point(3_000_000_000L, 2);

    Point(int both) {
      this(both * 1_000_000_000L, both);
    }
  }

  record Sum(int sum, boolean even) {
    Sum(int sum, boolean even) {
      this.sum = sum + 1;
      this.even = sum % 2 == 0;
    }
  }

  record Line(Point from, Point to) {}

  record Kinds(boolean flag, byte small, char letter) {}

  static final Share SHARE = new Share(4 * 50);
  static final Point POINT = new Point(7);
  static final Sum SUM = new Sum(8, false);
  static final Line LINE = new Line(new Point(1, 2), new Point(3));
  static final Kinds KINDS = new Kinds(true, (byte) 300, 'x');
  static Point moving = new Point(5);

  @Struct
  static final class Args {
    int y;
    int padding;
  }

  @Syscall
  static int compact(Args args) {
    return SHARE.percent();
  }

  @Syscall
  static int delegated(Args args) {
    return (int) (POINT.x() >> 5) + POINT.y() + SUM.sum() + (SUM.even() ? 100_000 : 0);
  }

  @Syscall
  static int nested(Args args) {
    return (int) (LINE.to().x() >> 3) + LINE.to().y() + LINE.from().y();
  }

  @Syscall
  static int kinds(Args args) {
    return (KINDS.flag() ? 1 : 0) + KINDS.small() + KINDS.letter() + (int) (Point.FAR.x() >> 3);
  }

  @Syscall
  static int variable(Args args) {
    moving = new Point(moving.x() + 1, args.y);
    return (int) moving.x() + moving.y();
  }
}
