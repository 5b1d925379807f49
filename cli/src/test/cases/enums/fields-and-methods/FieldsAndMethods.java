import org.bpf4j.lang.Bpf;
import org.bpf4j.lang.Struct;
import org.bpf4j.lang.Syscall;

@Bpf(license = "GPL")
public final class FieldsAndMethods {

  interface Numbered {
    int number();
  }

  enum Weight {
    LIGHT,
    HEAVY
  }

  enum Protocol implements Numbered {
    ICMP(1),
    TCP(6, true, Weight.HEAVY),
    UDP(17, false, Weight.LIGHT);

    static final int BASE = 1_000;

    final int number;
    private final boolean stream;
    final Weight weight;
    final long scaled;
    private final byte small;
    final int constant = BASE * 2;

    Protocol(int number) {
      this(number, false, Weight.LIGHT);
    }

    Protocol(int number, boolean stream, Weight weight) {
      this.number = number;
      this.stream = stream;
      this.weight = weight;
      scaled = (long) number * BASE + (stream ? 1 : 0);
      small = (byte) -number;
    }

    @Override
    public int number() {
      return number;
    }

    boolean isHeavyStream() {
      return stream && weight == Weight.HEAVY;
    }

    int cost(int bytes) {
      return switch (this) {
        case ICMP -> 0;
        case TCP, UDP -> bytes / number;
      };
    }

    Protocol other() {
      return this == TCP ? UDP : TCP;
    }

    static Protocol of(int number) {
      for (Protocol protocol : values()) {
        if (protocol.number == number) {
          return protocol;
        }
      }
      return null;
    }
  }

  @Struct
  static final class Args {
    int a;
    Protocol protocol;
    long result;
  }

  @Syscall
  static int fields(Args args) {
    Protocol protocol = args.protocol;
    args.result = protocol.scaled + protocol.small + protocol.constant + Protocol.TCP.scaled;
    return protocol.number() * 100
        + (protocol.isHeavyStream() ? 10 : 0)
        + protocol.other().weight.ordinal()
        + protocol.cost(args.a);
  }

  @Syscall
  static int found(Args args) {
    Protocol protocol = Protocol.of(args.a);
    if (protocol == null) {
      return -1;
    }
    return protocol.ordinal() * 100 + protocol.number;
  }

  @Syscall
  static int unchecked(Args args) {
    Protocol protocol = Protocol.of(args.a);
    return protocol.ordinal() + 1;
  }

  @Syscall
  static int uncheckedField(Args args) {
    return Protocol.of(args.a).number;
  }
}
