import org.bpf4j.lang.At;
import org.bpf4j.lang.Be16;
import org.bpf4j.lang.Be32;
import org.bpf4j.lang.Bpf;
import org.bpf4j.lang.Header;
import org.bpf4j.lang.U8;
import org.bpf4j.lang.Xdp;
import org.bpf4j.lang.XdpAction;
import org.bpf4j.lang.XdpContext;

/// A header whose first bytes are another header.
@Bpf(license = "GPL")
public final class HeadersThatExtend {

  @Header(bytes = 4)
  interface Common {
    @U8
    int version();

    @At(2)
    @Be16
    int length();

    void length(int value);
  }

  @Header(bytes = 8)
  interface Numbered extends Common {
    @At(4)
    @Be32
    int number();
  }

  static int version;
  static int length;
  static int number;

  private static void note(Common header) {
    version = header.version();
  }

  @Xdp
  static XdpAction read(XdpContext context) {
    Numbered header = context.header(Numbered.class, 14);
    if (header == null) {
      return XdpAction.DROP;
    }
    note(header);
    length = header.length();
    number = header.number();
    header.length(length + 1);
    return XdpAction.PASS;
  }
}
