import org.bpf4j.lang.Bpf;
import org.bpf4j.lang.BpfComponent;
import org.bpf4j.lang.BpfHashMap;
import org.bpf4j.lang.Xdp;
import org.bpf4j.lang.XdpAction;
import org.bpf4j.lang.XdpContext;

@Bpf(license = "GPL")
public final class Stateful {

  @BpfComponent
  static final class Counter {
    final BpfHashMap<Integer, Long> counts = BpfHashMap.create(8);
    BpfHashMap<Integer, Long> open = BpfHashMap.create(8);
    int seen;

    boolean isSeen(int which) {
      return counts.containsKey(which);
    }
  }

  @BpfComponent
  static final class Sized {
    final BpfHashMap<Integer, Long> counts;

    Sized(int size) {
      counts = BpfHashMap.create(size);
    }
  }

  static final Counter counter = new Counter();
  static Counter changing = new Counter();

  static boolean isSeen(Counter other) {
    return other.isSeen(2);
  }

  @Xdp
  static XdpAction program(XdpContext context) {
    Counter local = counter;
    return counter.isSeen(1) && changing.isSeen(1) && isSeen(counter)
        ? XdpAction.DROP
        : XdpAction.PASS;
  }
}
