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
    @Be32
    int number();
  }

  /// The third word again, as two halves.
  @Header(bytes = 8)
  interface Halves extends Common {
    @Be16
    int upper();

    @At(6)
    @Be16
    int lower();
  }

  static int version;
  static int length;
  static int number;
  static boolean halved;

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
    Halves halves = context.header(Halves.class, 14);
    halved =
        halves != null
            && halves.upper() << 16 == (number & 0xffff0000)
            && halves.lower() == (number & 0xffff);
    header.length(length + 1);
    return XdpAction.PASS;
  }
}
