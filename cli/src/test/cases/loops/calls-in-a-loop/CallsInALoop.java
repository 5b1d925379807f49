import org.bpf4j.lang.Bpf;
import org.bpf4j.lang.Struct;
import org.bpf4j.lang.Syscall;

/// The rounds are data, and each calls a function: an older verifier must see that no round is the
/// one before.
@Bpf(license = "GPL")
public final class CallsInALoop {

  @Struct
  static final class Args {
    int rounds;
    int value;
  }

  static long seen;

  static long mix(long value) {
    long mixed = value ^ value >>> 33;
    mixed *= 0xff51afd7ed558ccdL;
    if ((mixed & 1) == 0) {
      mixed ^= mixed >>> 29;
    } else if ((mixed & 2) == 0) {
      seen++;
    }
    mixed *= 0xc4ceb9fe1a85ec53L;
    return mixed ^ mixed >>> 32;
  }

  @Syscall
  static int down(Args args) {
    seen = mix(args.rounds);
    for (int i = args.rounds & 7; i > 0; i--) {
      seen = mix(seen);
    }
    return (int) seen;
  }

  @Syscall
  static int up(Args args) {
    seen = mix(args.value);
    int rounds = args.rounds & 7;
    for (int i = 0; i < rounds; i++) {
      seen = mix(args.value);
    }
    return (int) (seen >>> 32);
  }
}
