import org.bpf4j.lang.Bpf;
import org.bpf4j.lang.BpfHashMap;
import org.bpf4j.lang.BpfSpinLock;
import org.bpf4j.lang.Struct;
import org.bpf4j.lang.Tc;
import org.bpf4j.lang.TcAction;
import org.bpf4j.lang.TcContext;

/// The last lengths of packets, and their sum, which agree at any time.
@Bpf(license = "GPL")
public final class LoopUnderALock {

  @Struct
  static final class Window {
    final BpfSpinLock lock = new BpfSpinLock();
    final int[] lengths = new int[4];
    long sum;
  }

  static final BpfHashMap<Integer, Window> windows = BpfHashMap.create(1);
  static int limit = 100;

  @Tc
  static TcAction note(TcContext ctx) {
    int length = ctx.length();
    Window window = windows.get(1);
    if (window == null) {
      windows.put(1, new Window());
      window = windows.get(1);
      if (window == null) {
        return TcAction.SHOT;
      }
    }
    boolean full = false;
    try (var _ = window.lock.lock()) {
      long sum = length;
      for (int i = window.lengths.length - 1; i > 0; i--) {
        window.lengths[i] = window.lengths[i - 1];
        sum += window.lengths[i];
        if (sum > limit) {
          full = true;
          break;
        }
      }
      window.lengths[0] = length;
      window.sum = sum;
    }
    return full ? TcAction.PIPE : TcAction.OK;
  }
}
