import org.bpf4j.lang.Be32;
import org.bpf4j.lang.Bpf;
import org.bpf4j.lang.Header;
import org.bpf4j.lang.SkReuseport;
import org.bpf4j.lang.SkReuseportContext;
import org.bpf4j.lang.SocketAction;
import org.bpf4j.lang.net.IpProtocol;
import org.bpf4j.lang.net.Udp;

@Bpf(license = "GPL")
public final class PortReuse {

  static final int DROP = 0x64726f70;

  @Header(bytes = 4)
  interface Word {
    @Be32
    int text();
  }

  static int seen;
  static int port;

  @SkReuseport
  static SocketAction choose(SkReuseportContext context) {
    if (context.protocol() != IpProtocol.UDP) {
      return SocketAction.PASS;
    }
    seen += context.length();
    Udp udp = context.header(Udp.class, 0);
    if (udp != null) {
      port = udp.destinationPort();
    }
    Word word = context.load(Word.class, Udp.BYTES);
    return word != null && word.text() == DROP ? SocketAction.DROP : SocketAction.PASS;
  }
}
