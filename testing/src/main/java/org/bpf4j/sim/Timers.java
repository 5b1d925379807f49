package org.bpf4j.sim;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import org.jspecify.annotations.Nullable;

/// What is to run when the simulated time has come, in order; of what is due at once, what was
/// started first.
final class Timers {

  /// Code that waits.
  ///
  /// @param timer what was started, once at a time
  /// @param due nanoseconds since boot
  record Waiting(Object timer, long due, long order, Runnable code) {}

  private final PriorityQueue<Waiting> queue =
      new PriorityQueue<>(Comparator.comparingLong(Waiting::due).thenComparingLong(Waiting::order));
  private final Map<Object, Waiting> byTimer = new HashMap<>();
  private final Map<Object, Runnable> codes = new HashMap<>();
  private long started;

  /// Starts a timer, anew if it waits.
  synchronized void start(Object timer, long due, Runnable code) {
    cancel(timer);
    Waiting waiting = new Waiting(timer, due, started++, code);
    byTimer.put(timer, waiting);
    codes.put(timer, code);
    queue.add(waiting);
  }

  /// Starts a timer with its last code; returns whether it has some.
  synchronized boolean restart(Object timer, long due) {
    Runnable code = codes.get(timer);
    if (code != null) {
      start(timer, due, code);
    }
    return code != null;
  }

  /// Stops a timer; returns whether it waited.
  synchronized boolean cancel(Object timer) {
    Waiting waiting = byTimer.remove(timer);
    return waiting != null && queue.remove(waiting);
  }

  /// Takes out all that waits, in order.
  synchronized List<Waiting> all() {
    List<Waiting> all = new ArrayList<>();
    for (Waiting first = next(Long.MAX_VALUE); first != null; first = next(Long.MAX_VALUE)) {
      all.add(first);
    }
    return all;
  }

  /// Takes out what is due first, up to a time.
  synchronized @Nullable Waiting next(long until) {
    Waiting first = queue.peek();
    if (first == null || first.due() > until) {
      return null;
    }
    queue.remove();
    byTimer.remove(first.timer());
    return first;
  }
}
