import org.bpf4j.lang.Bpf;
import org.bpf4j.lang.Struct;
import org.bpf4j.lang.Syscall;

@Bpf(license = "GPL")
public final class ComponentsAndMethods {

  record Span(int from, int to) {
    int length() {
      return to - from;
    }

    Span grow(int by) {
      return new Span(from - by, to + by);
    }
  }

  record Named(short id, Span span) {}

  @Struct
  static final class Args {
    int a;
    int b;
  }

  @Syscall
  static int measure(Args args) {
    Named named = new Named((short) args.a, new Span(args.a, args.b).grow(2));
    return named.span().length() * 1000 + named.id();
  }
}
