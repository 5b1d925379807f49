import org.bpf4j.lang.At;
import org.bpf4j.lang.Be16;
import org.bpf4j.lang.Be32;
import org.bpf4j.lang.Bpf;
import org.bpf4j.lang.BpfFunction;
import org.bpf4j.lang.BpfHashMap;
import org.bpf4j.lang.Header;
import org.bpf4j.lang.Overlay;
import org.bpf4j.lang.Struct;
import org.bpf4j.lang.Syscall;
import org.bpf4j.lang.U32;
import org.bpf4j.lang.U64;
import org.bpf4j.lang.U8;

@Bpf(license = "GPL")
public final class Overlays {

  @Struct
  static final class Args {
    int family;
    int offset;
    final byte[] address = new byte[16];
  }

  @Struct
  static final class Peer {
    byte family;
    final byte[] address = new byte[16];
    int port;
  }

  @Header(bytes = 4)
  interface V4 {
    @Be32
    int address();

    void address(int value);
  }

  @Header(bytes = 16)
  interface V6 {
    @U64
    long high();

    void high(long value);

    @U64
    long low();

    void low(long value);
  }

  @Header(bytes = 7)
  interface Odd {
    @U8
    int first();

    @U32
    long middle();

    void middle(long value);

    @At(5)
    @Be16
    int last();

    void last(int value);

    @BpfFunction
    default void swap() {
      long before = middle();
      middle(last());
      last((int) (before & 0xffff));
    }
  }

  static final BpfHashMap<Integer, Peer> peers = BpfHashMap.create(4);

  @Syscall
  static int inMap(Args args) {
    peers.put(1, new Peer());
    Peer peer = peers.get(1);
    if (peer == null) {
      return -1;
    }
    V6 six = Overlay.of(V6.class, peer.address);
    six.high(0x0807060504030201L);
    six.low(0x100f0e0d0c0b0a09L);
    V4 four = Overlay.of(V4.class, peer.address, args.offset);
    int before = four.address();
    four.address(0x7f000001);
    peer.address[15] = (byte) args.family;
    return six.low() == 0x0a0f0e0d0c0b0a09L ? before : -before;
  }

  @Syscall
  static int onTheStack(Args args) {
    byte[] bytes = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10};
    Odd odd = Overlay.of(Odd.class, bytes, 1);
    odd.swap();
    Odd moved = Overlay.of(Odd.class, bytes, args.offset);
    moved.middle(moved.middle() + 1);
    int sum = 0;
    for (int i = 0; i < bytes.length; i++) {
      sum = sum * 3 + bytes[i];
    }
    return sum + odd.first() * 1_000_000 + moved.last();
  }

  @Syscall
  static int tooLarge(Args args) {
    byte[] bytes = new byte[12];
    V6 six = Overlay.of(V6.class, bytes);
    return (int) six.high() + 1;
  }

  @Syscall
  static int argument(Args args) {
    V4 four = Overlay.of(V4.class, args.address, 4);
    V6 six = Overlay.of(V6.class, args.address);
    six.high(six.low() + args.family);
    return four.address();
  }
}
