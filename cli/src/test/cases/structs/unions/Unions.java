import org.bpf4j.lang.Be32;
import org.bpf4j.lang.Bpf;
import org.bpf4j.lang.BpfArray;
import org.bpf4j.lang.Header;
import org.bpf4j.lang.Overlay;
import org.bpf4j.lang.Struct;
import org.bpf4j.lang.Syscall;
import org.bpf4j.lang.U64;
import org.bpf4j.lang.Union;

@Bpf(license = "GPL")
public final class Unions {

  enum Family {
    NONE,
    V4,
    V6
  }

  @Header(bytes = 4)
  interface Four {
    @Be32
    int address();

    void address(int value);
  }

  @Header(bytes = 16)
  interface Six {
    @U64
    long high();

    void high(long value);

    @U64
    long low();

    void low(long value);
  }

  /// Eight-byte numbers make the union begin at a multiple of eight.
  @Struct
  static final class Peer {
    Family family;

    @Union({Four.class, Six.class})
    final byte[] address = new byte[16];

    short port;
  }

  static final BpfArray<Peer> peers = BpfArray.create(4);
  static final Peer last = new Peer();

  static int hash(Peer peer) {
    return switch (peer.family) {
      case NONE -> 0;
      case V4 -> Overlay.of(Four.class, peer.address).address();
      case V6 -> {
        Six six = Overlay.of(Six.class, peer.address);
        yield (int) (six.high() ^ six.low());
      }
    };
  }

  @Syscall
  static int run(Peer given) {
    int hash = hash(given);
    Peer peer = peers.get(1);
    peer.family = Family.V4;
    Overlay.of(Six.class, peer.address).high(-1);
    Overlay.of(Four.class, peer.address).address(hash);
    last.family = given.family;
    Overlay.of(Six.class, last.address).low(hash(peer));
    last.port = given.address[15];
    return hash;
  }
}
