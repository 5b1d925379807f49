package org.bpf4j.examples.kernel;

import java.util.concurrent.atomic.AtomicLong;
import org.bpf4j.lang.Bpf;
import org.bpf4j.lang.BpfArray;
import org.bpf4j.lang.BpfHashMap;
import org.bpf4j.lang.BpfTimer;
import org.bpf4j.lang.Struct;
import org.bpf4j.lang.Tc;
import org.bpf4j.lang.TcAction;
import org.bpf4j.lang.TcContext;

/// Lets sessions expire, and ticks.
@Bpf(license = "GPL")
public final class Timers {

  private Timers() {}

  @Struct
  static final class Session {
    final AtomicLong packets = new AtomicLong();
    final BpfTimer expiry = new BpfTimer();
  }

  @Struct
  static final class Ticker {
    long ticks;
    final BpfTimer timer = new BpfTimer();
  }

  private static final long MILLISECOND = 1_000_000;

  static final BpfHashMap<Integer, Session> sessions = BpfHashMap.create(64);
  static final BpfArray<Ticker> tickers = BpfArray.create(1);

  static int expired;
  static long packets;
  static boolean started;
  static boolean cancelled;

  @Tc
  static TcAction count(TcContext context) {
    int mark = context.mark();
    if (!sessions.containsKey(mark)) {
      sessions.put(mark, new Session());
    }
    Session session = sessions.get(mark);
    if (session == null) {
      return TcAction.SHOT;
    }
    session.packets.incrementAndGet();
    started =
        session.expiry.start(
            sessions,
            5 * MILLISECOND,
            (key, value) -> {
              packets += value.packets.get();
              expired = key;
              sessions.remove(key);
            });
    return TcAction.OK;
  }

  @Tc
  static TcAction tick(TcContext context) {
    Ticker ticker = tickers.get(0);
    ticker.timer.start(tickers, MILLISECOND, Timers::again);
    return TcAction.OK;
  }

  private static void again(int index, Ticker ticker) {
    ticker.ticks = ticker.ticks + 100 / (10 - ticker.ticks);
  }

  @Tc
  static TcAction stop(TcContext context) {
    Session session = sessions.get(context.mark());
    cancelled = session != null && session.expiry.cancel();
    return TcAction.OK;
  }
}
