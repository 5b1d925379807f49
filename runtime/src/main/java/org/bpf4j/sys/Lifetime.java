package org.bpf4j.sys;

import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

/// Lets calls finish before what they use is freed.
///
/// Every call [enters][#enter] and [leaves][#leave]. Closing refuses new calls at once and frees
/// when the last one has left, so that no call ever reaches a descriptor number that the process
/// has opened again for something else.
final class Lifetime {

  /// Set when closed; the other bits count the calls in flight.
  private static final int CLOSED = 1 << 31;

  private final String what;
  private final Runnable free;
  private final AtomicInteger state = new AtomicInteger();
  private final AtomicBoolean freed = new AtomicBoolean();

  /// Starts a life.
  ///
  /// @param what what is alive, for messages
  /// @param free runs once, in the thread that closes or that leaves last
  Lifetime(String what, Runnable free) {
    this.what = what;
    this.free = free;
  }

  /// Begins a call.
  ///
  /// @throws IllegalStateException if it is closed
  void enter() {
    int before = state.getAndIncrement();
    if (before < 0) {
      leave();
      throw closed();
    }
  }

  /// Ends a call.
  void leave() {
    if (state.decrementAndGet() == CLOSED) {
      freeOnce();
    }
  }

  /// Refuses new calls.
  void close() {
    int before = state.getAndUpdate(current -> current | CLOSED);
    if (before == 0) {
      freeOnce();
    }
  }

  /// Whether it was closed.
  boolean isClosed() {
    return state.get() < 0;
  }

  /// What a call is told that came too late.
  IllegalStateException closed() {
    return new IllegalStateException(what + " is closed");
  }

  /// A late [#enter] that fails passes the count through zero again.
  private void freeOnce() {
    if (freed.compareAndSet(false, true)) {
      free.run();
    }
  }
}
