import org.bpf4j.lang.Bpf;
import org.bpf4j.lang.Struct;
import org.bpf4j.lang.Syscall;

@Bpf(license = "GPL")
public final class Constructors {
  enum Window {
    SHORT(3_000),
    LONG(60_000),
    MANY(7, 5);

    final long nanos;
    final long base = 5;
    final long scaled;
    final int bits;
    final int half;
    final boolean first;
    final int flag;
    final byte small;

    {
      flag = 1 << ordinal();
    }

    Window(long millis, int times) {
      this(millis * times);
    }

    Window(long millis) {
      nanos = millis * 1_000_000;
      scaled = base * 1_000_000_000;
      bits = (byte) (millis >> 4);
      int half = (int) millis / 2;
      if (half > 10_000) half = 9;
      this.half = half;
      first = this.ordinal() == 0;
      small = flag > 1 ? 1 : (byte) -1;
    }
  }

  enum Share {
    HALF(1, .5),
    ALL(40, 1);

    final long bit;
    final char letter;
    final int permille;

    Share(int n, double share) {
      bit = 1L << n;
      letter = (char) (n * 2_000);
      permille = (int) (share / 2 * 1_000);
    }
  }

  @Struct
  static final class Args {
    int constant;
    int padding;
    long first;
    long second;
  }

  @Syscall
  static int fields(Args args) {
    Window window = Window.values()[args.constant];
    args.first = window.nanos;
    args.second = window.scaled;
    int small = window.flag * 100_000_000 + window.half * 1_000 + window.bits;
    return small + (window.first ? 7 : 0) + window.small;
  }

  @Syscall
  static int parts(Args args) {
    Share share = Share.values()[args.constant];
    args.first = share.bit;
    return share.letter + share.permille;
  }
}
