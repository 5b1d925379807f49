import org.bpf4j.lang.*;

@Bpf(license = "GPL")
public final class PrefixInHostOrder {
  record Range(int length, int address) {}

  static final BpfLpmTrie<Range, Integer> ranges = BpfLpmTrie.create(16);

  @Xdp
  static XdpAction program() {
    return ranges.containsKey(new Range(32, 1)) ? XdpAction.DROP : XdpAction.PASS;
  }
}
