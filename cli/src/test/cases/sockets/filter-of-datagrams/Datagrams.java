import org.bpf4j.lang.Be32;
import org.bpf4j.lang.Bpf;
import org.bpf4j.lang.Header;
import org.bpf4j.lang.SocketFilter;
import org.bpf4j.lang.SocketFilterContext;
import org.bpf4j.lang.net.Udp;

@Bpf(license = "GPL")
public final class Datagrams {

  static final int KEEP = 0x6b656570;

  @Header(bytes = 4)
  interface Word {
    @Be32
    int text();
  }

  static int dropped;

  /// Keeps seven bytes of datagrams that begin with `keep`.
  @SocketFilter
  static int keep(SocketFilterContext context) {
    Word word = context.load(Word.class, Udp.BYTES);
    if (word != null && word.text() == KEEP) {
      return Udp.BYTES + 7;
    }
    dropped++;
    return 0;
  }
}
