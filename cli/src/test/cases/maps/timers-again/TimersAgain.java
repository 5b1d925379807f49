import java.util.concurrent.atomic.AtomicLong;
import org.bpf4j.lang.Bpf;
import org.bpf4j.lang.BpfArray;
import org.bpf4j.lang.BpfHashMap;
import org.bpf4j.lang.BpfTimer;
import org.bpf4j.lang.Struct;
import org.bpf4j.lang.Tc;
import org.bpf4j.lang.TcAction;
import org.bpf4j.lang.TcContext;

/// A timer whose code starts it again, until something is done.
@Bpf(license = "GPL")
public final class TimersAgain {

  static final long PERIOD = 200_000_000;

  @Struct
  static final class Ticker {
    final AtomicLong ticks = new AtomicLong();
    final BpfTimer timer = new BpfTimer();
  }

  @Struct
  static final class Session {
    final AtomicLong packets = new AtomicLong();
    final AtomicLong seen = new AtomicLong();
    final BpfTimer expiry = new BpfTimer();
  }

  static final BpfArray<Ticker> tickers = BpfArray.create(2);
  static final BpfHashMap<Integer, Session> sessions = BpfHashMap.create(8);

  static int expired;

  private static void look(int id, Session session) {
    long packets = session.packets.get();
    if (packets == session.seen.get()) {
      expired++;
      sessions.remove(id);
    } else {
      session.seen.set(packets);
      session.expiry.restart(PERIOD);
    }
  }

  @Tc
  static TcAction tick(TcContext context) {
    tickers
        .get(0)
        .timer
        .start(
            tickers,
            PERIOD,
            (index, ticker) -> {
              if (ticker.ticks.incrementAndGet() < 3) {
                ticker.timer.restart(PERIOD);
              }
            });
    return TcAction.OK;
  }

  @Tc
  static TcAction without(TcContext context) {
    return tickers.get(1).timer.restart(PERIOD) ? TcAction.SHOT : TcAction.OK;
  }

  @Tc
  static TcAction begin(TcContext context) {
    sessions.putIfAbsent(context.length(), new Session());
    Session session = sessions.get(context.length());
    if (session == null) {
      return TcAction.SHOT;
    }
    session.packets.incrementAndGet();
    return session.expiry.start(sessions, PERIOD, TimersAgain::look) ? TcAction.OK : TcAction.SHOT;
  }
}
