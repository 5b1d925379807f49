import org.bpf4j.lang.Bpf;
import org.bpf4j.lang.BpfHashMap;
import org.bpf4j.lang.Struct;
import org.bpf4j.lang.Xdp;
import org.bpf4j.lang.XdpAction;
import org.bpf4j.lang.XdpContext;

@Bpf(license = "GPL")
public final class Unbound {

  record Pair<A, B>(A first, B second) {}

  @Struct
  static final class Box<T> {
    int count;
  }

  static final BpfHashMap<Pair<Integer, Integer>, Long> pairs = BpfHashMap.create(4);

  static <T> int size(T value) {
    return 1;
  }

  static int wild(Pair<?, ?> pair) {
    return 2;
  }

  @Xdp
  static XdpAction text(XdpContext context) {
    Object any = context;
    return size(any) == 1 ? XdpAction.DROP : XdpAction.PASS;
  }

  @Xdp
  static XdpAction view(XdpContext context) {
    return size(context) == 1 ? XdpAction.DROP : XdpAction.PASS;
  }

  @Xdp
  static XdpAction unknown(XdpContext context) {
    return wild(new Pair<>(1, 2)) == 1 ? XdpAction.DROP : XdpAction.PASS;
  }

  @Xdp
  static XdpAction struct(XdpContext context) {
    Box<Integer> box = new Box<>();
    return box.count == 1 ? XdpAction.DROP : XdpAction.PASS;
  }

  @Xdp
  static XdpAction map(XdpContext context) {
    return pairs.containsKey(new Pair<>(1, 2)) ? XdpAction.DROP : XdpAction.PASS;
  }
}
