import org.bpf4j.lang.Bpf;
import org.bpf4j.lang.BpfHashMap;
import org.bpf4j.lang.BpfSpinLock;
import org.bpf4j.lang.LoopBudget;
import org.bpf4j.lang.Struct;
import org.bpf4j.lang.Syscall;
import org.bpf4j.lang.Tc;
import org.bpf4j.lang.TcAction;
import org.bpf4j.lang.TcContext;

/// Long loops that cannot be functions which the kernel calls back.
@Bpf(license = "GPL", minKernel = "6.1")
public final class NotCalledBack {

  @Struct
  static final class Args {
    int x;
  }

  @Struct
  static final class Count {
    final BpfSpinLock lock = new BpfSpinLock();
    int number;
  }

  static final BpfHashMap<Integer, Count> counts = BpfHashMap.create(4);

  @Tc
  static TcAction locked(TcContext ctx) {
    Count count = counts.get(1);
    if (count == null) {
      return TcAction.OK;
    }
    for (int i = 0; i < 100_000; i++) {
      try (var _ = count.lock.lock()) {
        count.number += ctx.mark();
      }
    }
    return TcAction.OK;
  }

  /// The greatest so far is another value of the map from round to round.
  @Tc
  static TcAction greatest(TcContext ctx) {
    Count greatest = null;
    for (int i = 0; i < 100_000; i++) {
      Count count = counts.get(i ^ ctx.mark());
      if (count != null && (greatest == null || count.number > greatest.number)) {
        greatest = count;
      }
    }
    return greatest == null ? TcAction.OK : TcAction.SHOT;
  }

  /// It may have as many rounds as the kernel grants, and the last finds that it has ended.
  @Syscall
  static int stated(Args args) {
    int steps = 0;
    for (@LoopBudget(8_388_608) long n = args.x; n != 1; n = n % 2 == 0 ? n / 2 : 3 * n + 1) {
      steps++;
    }
    return steps;
  }
}
