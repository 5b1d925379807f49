import org.bpf4j.lang.Be32;
import org.bpf4j.lang.Bpf;
import org.bpf4j.lang.BpfArray;
import org.bpf4j.lang.Header;
import org.bpf4j.lang.Struct;
import org.bpf4j.lang.U64;
import org.bpf4j.lang.Union;
import org.bpf4j.lang.Xdp;
import org.bpf4j.lang.XdpAction;
import org.bpf4j.lang.XdpContext;

@Bpf(license = "GPL")
public final class Misfits {

  @Header(bytes = 4)
  interface Four {
    @Be32
    int address();
  }

  @Header(bytes = 8)
  interface Eight {
    @U64
    long number();
  }

  @Struct
  static final class Peer {
    @Union({Four.class, Eight.class})
    final byte[] small = new byte[7];

    @Union(Four.class)
    final int[] numbers = new int[4];

    @Union(Peer.class)
    final byte[] peer = new byte[16];
  }

  static final BpfArray<Peer> peers = BpfArray.create(4);

  @Xdp
  static XdpAction program(XdpContext context) {
    return peers.get(0).small[0] == 0 ? XdpAction.DROP : XdpAction.PASS;
  }
}
