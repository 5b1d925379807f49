import org.bpf4j.lang.Bpf;
import org.bpf4j.lang.BpfArray;
import org.bpf4j.lang.Struct;
import org.bpf4j.lang.Xdp;
import org.bpf4j.lang.XdpAction;
import org.bpf4j.lang.XdpContext;

@Bpf(license = "GPL")
public final class StructThatExtends {

  static class Counted {
    long count;
  }

  @Struct
  static final class Bytes extends Counted {
    long bytes;
  }

  static final BpfArray<Bytes> all = BpfArray.create(4);

  @Xdp
  static XdpAction count(XdpContext context) {
    Bytes sum = all.get(0);
    sum.count++;
    sum.bytes += context.length();
    return XdpAction.PASS;
  }
}
