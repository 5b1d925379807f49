package org.bpf4j.lang;

import java.util.function.BiConsumer;

/// A timer in the value of a map: runs code once, some time later, with the key and the value;
/// again if the code asks for it.
///
/// It is a final member of a [Struct] that is the value of a [BpfHashMap], [BpfLruHashMap] or
/// [BpfArray], one for each value. When the value is taken out of the map, or the map goes, the
/// timer is cancelled. The code captures nothing: what it needs is in the value. Nobody waits for
/// it; where Java would throw, it ends early.
///
/// ```java
/// session.expiry.start(sessions, 30_000_000_000L, (id, s) -> sessions.remove(id));
/// ```
public final class BpfTimer {

  /// Creates it, as the initialiser of a final member.
  public BpfTimer() {}

  /// Starts the timer; one that runs starts anew.
  ///
  /// @param map the map that the value is in, a `static final` field
  /// @param nanoseconds after which time the code runs, on a soft interrupt of this CPU
  /// @param body the code
  /// @return whether it was started; not if there is no memory, or nobody holds the map any more
  public <K, V> boolean start(BpfMap<K, V> map, long nanoseconds, BiConsumer<K, V> body) {
    return Host.current().start(this, map, nanoseconds, body);
  }

  /// Starts the timer with the code that it was started with before, also from that code.
  ///
  /// ```java
  /// session.expiry.start(sessions, IDLE, (id, s) -> {
  ///   if (s.packets == s.seen) sessions.remove(id);
  ///   else { s.seen = s.packets; s.expiry.restart(IDLE); }
  /// });
  /// ```
  ///
  /// @param nanoseconds after which time the code runs
  /// @return whether it was started; not if it has no code, or nobody holds the map any more
  public boolean restart(long nanoseconds) {
    return Host.current().restart(this, nanoseconds);
  }

  /// Cancels the timer, and waits for its code if that runs.
  ///
  /// @return whether it was running; not either if the code of a timer cancels itself
  public boolean cancel() {
    return Host.current().cancel(this);
  }
}
