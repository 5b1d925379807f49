import org.bpf4j.lang.Be64;
import org.bpf4j.lang.Bpf;
import org.bpf4j.lang.Config;
import org.bpf4j.lang.Header;
import org.bpf4j.lang.U8;
import org.bpf4j.lang.Xdp;
import org.bpf4j.lang.XdpAction;
import org.bpf4j.lang.XdpContext;
import org.bpf4j.lang.net.Ethernet;

/** Loops that go on where others ended, which verifiers would follow from each of their rounds. */
@Bpf(license = "GPL")
public final class NumbersBehindALoop {
  @Header(bytes = 8)
  interface Word {
    @Be64
    long value();

    void value(long value);
  }

  @Header(bytes = 1)
  interface Octet {
    @U8
    int value();

    void value(int value);
  }

  static final byte[] KEY = {1, 2, 3, 4};
  @Config static long key = 0x1122334455667788L;
  static int words;
  static int octets;
  static int found;

  /// Words, then the rest byte by byte.
  @Xdp
  static XdpAction obfuscate(XdpContext context) {
    int length = context.length() - Ethernet.BYTES;
    int i = 0;
    for (; i + 8 <= length && i < 1_480; i += 8) {
      Word word = context.header(Word.class, Ethernet.BYTES + i);
      if (word == null) {
        break;
      }
      word.value(word.value() ^ Long.rotateLeft(key, i));
      words++;
    }
    for (; i < length && i < 1_500; i++) {
      Octet octet = context.header(Octet.class, Ethernet.BYTES + i);
      if (octet == null) {
        break;
      }
      octet.value(octet.value() ^ KEY[i & 3]);
      octets++;
    }
    return XdpAction.TX;
  }

  /// The place of a space, then that of the next, then the sum of what is between.
  @Xdp
  static XdpAction between(XdpContext context) {
    int from = 0;
    do {
      Octet octet = context.header(Octet.class, Ethernet.BYTES + from);
      if (octet == null) {
        return XdpAction.DROP;
      }
      if (octet.value() == ' ') {
        break;
      }
      from++;
    } while (from < 200);
    int to = from + 1;
    while (to < 400) {
      Octet octet = context.header(Octet.class, Ethernet.BYTES + to);
      if (octet == null || octet.value() == ' ') {
        break;
      }
      to++;
    }
    int sum = 0;
    for (int at = from + 1; at < to && at < 400; at++) {
      Octet octet = context.header(Octet.class, Ethernet.BYTES + at);
      sum = sum * 31 + (octet == null ? 0 : octet.value());
    }
    found = sum;
    words = from;
    octets = to;
    return XdpAction.PASS;
  }
}
