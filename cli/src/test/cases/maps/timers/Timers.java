import java.util.concurrent.atomic.AtomicLong;
import org.bpf4j.lang.Bpf;
import org.bpf4j.lang.BpfArray;
import org.bpf4j.lang.BpfHashMap;
import org.bpf4j.lang.BpfTimer;
import org.bpf4j.lang.Struct;
import org.bpf4j.lang.Tc;
import org.bpf4j.lang.TcAction;
import org.bpf4j.lang.TcContext;

@Bpf(license = "GPL")
public final class Timers {

  static final long MILLISECOND = 1_000_000;

  @Struct
  static final class Session {
    final AtomicLong packets = new AtomicLong();
    final BpfTimer expiry = new BpfTimer();
  }

  @Struct
  static final class Ticker {
    int ticks;
    final BpfTimer timer = new BpfTimer();
  }

  static final BpfHashMap<Integer, Session> sessions = BpfHashMap.create(8);
  static final BpfArray<Ticker> tickers = BpfArray.create(2);

  static int expired;
  static long packets;

  @Tc
  static TcAction count(TcContext context) {
    int length = context.length();
    if (!sessions.containsKey(length)) {
      sessions.put(length, new Session());
    }
    Session session = sessions.get(length);
    if (session == null) {
      return TcAction.SHOT;
    }
    session.packets.incrementAndGet();
    session.expiry.start(
        sessions,
        400 * MILLISECOND,
        (key, value) -> {
          packets += value.packets.get();
          expired = key;
          sessions.remove(key);
        });
    return TcAction.OK;
  }

  @Tc
  static TcAction tick(TcContext context) {
    Ticker ticker = tickers.get(1);
    ticker.timer.start(tickers, 400 * MILLISECOND, Timers::again);
    return TcAction.OK;
  }

  private static void again(int index, Ticker ticker) {
    ticker.ticks = index;
    ticker.ticks += 100 / (ticker.ticks - 1);
  }

  @Tc
  static TcAction stop(TcContext context) {
    Session session = sessions.get(context.length());
    return session != null && session.expiry.cancel() ? TcAction.SHOT : TcAction.OK;
  }

  @Tc
  static TcAction replace(TcContext context) {
    sessions.put(context.length(), new Session());
    return TcAction.OK;
  }
}
