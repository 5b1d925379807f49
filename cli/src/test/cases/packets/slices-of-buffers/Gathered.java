import org.bpf4j.lang.At;
import org.bpf4j.lang.Be32;
import org.bpf4j.lang.Bpf;
import org.bpf4j.lang.Header;
import org.bpf4j.lang.Xdp;
import org.bpf4j.lang.XdpAction;
import org.bpf4j.lang.XdpContext;

@Bpf(license = "GPL")
public final class Gathered {

  @Header(bytes = 8)
  interface Word {
    @Be32
    @At(0)
    int high();

    @Be32
    @At(4)
    int low();
  }

  static int linear;
  static int found;
  static int low;

  /// The last eight bytes of a frame lie in another buffer, or half in one and half in the next.
  @Xdp(frags = true)
  static XdpAction last(XdpContext context) {
    linear = context.length();
    Word last = context.slice(Word.class, 5000);
    if (last != null) {
      found++;
      low = last.low();
    }
    Word across = context.slice(Word.class, linear - 4);
    if (across != null) {
      found += 10;
      low += across.high();
    }
    return context.header(Word.class, 5000) == null ? XdpAction.PASS : XdpAction.DROP;
  }
}
