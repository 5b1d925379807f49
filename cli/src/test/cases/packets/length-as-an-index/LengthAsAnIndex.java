import org.bpf4j.lang.Bpf;
import org.bpf4j.lang.BpfHashMap;
import org.bpf4j.lang.Xdp;
import org.bpf4j.lang.XdpAction;
import org.bpf4j.lang.XdpContext;
import org.bpf4j.lang.net.Ethernet;

/// The packet's length decides what is read, behind a word of the stack that only some paths write.
@Bpf(license = "GPL")
public final class LengthAsAnIndex {

  record Key(int a, short b) {}

  static final BpfHashMap<Integer, Long> hash = BpfHashMap.create(16);
  static final BpfHashMap<Short, Boolean> flags = BpfHashMap.create(16);
  static final BpfHashMap<Key, Long> pairs = BpfHashMap.create(16);
  static final int[] table = new int[4];
  static byte sign;
  static long weight;
  static int kind;

  @Xdp
  static XdpAction count(XdpContext context) {
    Ethernet ethernet = context.header(Ethernet.class, 0);
    if (ethernet == null) {
      return XdpAction.DROP;
    }
    if (kind != 0) {
      hash.put(kind & 7, weight >>> context.length());
    }
    for (int i = 0; i < 4; i++) {
      Boolean flag = flags.get((short) ((sign >> 31) & 15));
      table[i] += flag == null ? 1 : 2;
    }
    Long pair = pairs.get(new Key(table[context.length() & 3] & 3, (short) (context.length() & 1)));
    return switch ((int) (weight + table[context.length() & 3]) & 3) {
      case 0 -> XdpAction.ABORTED;
      case 1 -> pair == null ? XdpAction.PASS : XdpAction.DROP;
      default -> XdpAction.TX;
    };
  }
}
