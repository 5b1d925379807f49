import org.bpf4j.lang.Bpf;
import org.bpf4j.lang.BpfArray;
import org.bpf4j.lang.Xdp;
import org.bpf4j.lang.XdpAction;
import org.bpf4j.lang.XdpContext;
import org.bpf4j.lang.net.Ethernet;

/// The verifier forgets the upper half of what is shifted by a number that it does not know.
@Bpf(license = "GPL")
public final class OffsetByAShift {

  static final BpfArray<Integer> numbers = BpfArray.create(3);

  @Xdp
  static XdpAction program(XdpContext context) {
    long shifted = numbers.get(0) << numbers.get(1);
    int offset = (int) Math.max(0L, shifted);
    if (numbers.get(2) != 0) {
      offset = (int) Math.min(0L, shifted);
    }
    Ethernet header = context.header(Ethernet.class, offset);
    return header == null ? XdpAction.DROP : XdpAction.PASS;
  }

  @Xdp
  static XdpAction narrow(XdpContext context) {
    long start = numbers.get(0);
    int count = numbers.get(1) & 0xffff;
    int offset =
        (int) Math.min(start ^ (start < start ? 7 : start), start << 2 < 32 ? -43 << count : 0);
    Ethernet header = context.header(Ethernet.class, offset);
    return header == null ? XdpAction.DROP : XdpAction.PASS;
  }
}
