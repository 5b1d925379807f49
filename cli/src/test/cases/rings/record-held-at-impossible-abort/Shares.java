import org.bpf4j.lang.Bpf;
import org.bpf4j.lang.RingBuffer;
import org.bpf4j.lang.Struct;
import org.bpf4j.lang.Syscall;

/// A divisor is not zero where an earlier test has seen a part of it, which verifiers do not know.
@Bpf(license = "GPL")
public final class Shares {

  @Struct
  static final class Args {
    long total;
    int mask;
    int parts;
  }

  @Struct
  static final class Share {
    long amount;
  }

  static final RingBuffer<Share> shares = RingBuffer.ofBytes(1 << 12);

  @Syscall
  static int lowerHalf(Args args) {
    long total = args.total;
    int rounds = args.parts / (int) total;
    Share share = shares.reserve();
    if (share == null) {
      return -1;
    }
    share.amount = 1_000_000 / total;
    shares.submit(share);
    return rounds;
  }

  @Syscall
  static int commonBits(Args args) {
    int parts = args.parts;
    int rest = args.mask % (parts & args.mask);
    Share share = shares.reserve();
    if (share == null) {
      return -1;
    }
    share.amount = args.total / parts;
    shares.submit(share);
    return rest;
  }

  @Syscall
  static int testedTwice(Args args) {
    int parts = args.parts;
    if (parts == 0) {
      return -1;
    }
    Share share = shares.reserve();
    if (share == null) {
      return -2;
    }
    share.amount = args.total / parts;
    shares.submit(share);
    return 0;
  }
}
