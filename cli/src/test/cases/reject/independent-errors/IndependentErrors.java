import org.bpf4j.lang.Bpf;
import org.bpf4j.lang.BpfHashMap;
import org.bpf4j.lang.Helpers;
import org.bpf4j.lang.ProgramArray;
import org.bpf4j.lang.Struct;
import org.bpf4j.lang.Syscall;
import org.bpf4j.lang.Xdp;
import org.bpf4j.lang.XdpAction;
import org.bpf4j.lang.XdpContext;
import org.bpf4j.lang.net.Ethernet;

/// One run tells of all that is wrong, each by itself.
@Bpf(license = "GPL", minKernel = "5.15")
public final class IndependentErrors {

  enum Stage {
    FIRST,
    SECOND
  }

  @Struct
  static final class Stats {
    long packets;
  }

  @Struct
  static final class Args {
    int x;
  }

  static final ProgramArray<Stage> stages = ProgramArray.create();
  static final BpfHashMap<Integer, Stats> stats = BpfHashMap.create(64);

  /// A statement that is left out.
  @Xdp(stage = "FIRST")
  static XdpAction unread(XdpContext context) {
    double half = context.length() / 2.0;
    return half > 3 ? XdpAction.DROP : XdpAction.PASS;
  }

  /// What calls it has no error of its own.
  @Syscall
  static int caller(Args args) {
    Stats s = stats.get(unreadable(args.x));
    return (int) s.packets;
  }

  static int unreadable(int x) {
    synchronized (Args.class) {
      return x;
    }
  }

  /// A function that is too new.
  @Xdp(stage = "SECOND")
  static XdpAction tooNew(XdpContext context) {
    return Helpers.xdpGetBuffLen(context) > 9 ? XdpAction.DROP : XdpAction.PASS;
  }

  @Syscall
  static int recursive(Args args) {
    return args.x > 0 ? recursive(args) : 0;
  }

  /// A loop that old verifiers do not follow to its end.
  @Syscall
  static int tooLong(Args args) {
    int sum = 0;
    for (int i = 0; i < 1_000_000; i++) {
      sum += args.x % 7 * i;
    }
    return sum;
  }

  @Xdp
  static XdpAction untested(XdpContext context) {
    Ethernet ethernet = context.header(Ethernet.class, 0);
    return ethernet.etherType() == 1 ? XdpAction.DROP : XdpAction.PASS;
  }

  @Syscall
  static int large(Args args) {
    long[] table = new long[100];
    table[args.x & 63] = 5;
    return (int) table[args.x >> 3 & 63];
  }

  @Syscall
  static int right(Args args) {
    Stats s = stats.get(args.x);
    return s == null ? -1 : (int) s.packets;
  }
}
