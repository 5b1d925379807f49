package org.bpf4j.sys;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// The calls of a map, each with its memory: a thread takes one that nobody uses, and none once the
/// pool is closed, so that no call reaches a descriptor number that was freed.
///
/// Taking one is a single atomic operation and giving it back is a store, since a whole call takes
/// no longer than thirty such operations. The price is paid where the pool is closed: that waits
/// until each call was given back.
final class CallPool {

  /// How many threads call at a time without allocating; a power of two.
  private static final int SLOTS = 8;

  /// How long whoever closes waits himself, ns; from then on a thread of its own does.
  private static final long PATIENCE = 100_000_000;

  /// How long a pause of waiting is, ns.
  private static final long PAUSE = 20_000;

  private final String what;
  private final Function<CallPool, MapCall> maker;
  private final Runnable drained;
  private final AtomicReferenceArray<@Nullable MapCall> slots = new AtomicReferenceArray<>(SLOTS);
  private final List<MapCall> surplus = new ArrayList<>();

  /// Read when a call is taken, so that those who call again and again end.
  private volatile boolean closed;

  /// Begins empty.
  ///
  /// @param what what is called, for messages
  /// @param maker makes a call; it is taken already
  /// @param drained runs once, when the pool is closed and no call is in use
  CallPool(String what, Function<CallPool, MapCall> maker, Runnable drained) {
    this.what = what;
    this.maker = maker;
    this.drained = drained;
  }

  /// Takes a call.
  ///
  /// @throws IllegalStateException if the pool is closed
  MapCall take() {
    if (closed) {
      throw tooLate();
    }
    int first = (int) Thread.currentThread().threadId();
    for (int i = 0; i < SLOTS; i++) {
      MapCall call = slots.getPlain((first + i) & SLOTS - 1);
      if (call != null && call.tryTake()) {
        return call;
      }
    }
    return made();
  }

  private IllegalStateException tooLate() {
    return new IllegalStateException(what + " is closed");
  }

  private synchronized MapCall made() {
    if (closed) {
      throw tooLate();
    }
    MapCall call = maker.apply(this);
    for (int i = 0; i < SLOTS; i++) {
      if (slots.compareAndSet(i, null, call)) {
        return call;
      }
    }
    call.isOneTooMany();
    surplus.add(call);
    return call;
  }

  /// Forgets a call that was one too many.
  synchronized void drop(MapCall call) {
    surplus.remove(call);
  }

  /// Refuses new calls, and lets those in use end.
  void close() {
    synchronized (this) {
      if (closed) {
        return;
      }
      closed = true;
    }
    drain();
  }

  /// Goes on when all calls have ended. A thread that closes while it uses one, as by a callback,
  /// goes on when it gives that back.
  void drain() {
    for (MapCall call : all()) {
      if (call.endsWith(this::drain)) {
        return;
      }
    }
    long start = System.nanoTime();
    while (!retireAll()) {
      if (System.nanoTime() - start > PATIENCE) {
        Thread.ofPlatform().daemon().name("closing " + what).start(this::drainPatiently);
        return;
      }
      LockSupport.parkNanos(PAUSE);
    }
    drained.run();
  }

  private void drainPatiently() {
    while (!retireAll()) {
      LockSupport.parkNanos(PATIENCE);
    }
    drained.run();
  }

  private boolean retireAll() {
    boolean all = true;
    for (MapCall call : all()) {
      all &= call.retire();
    }
    return all;
  }

  private synchronized List<MapCall> all() {
    List<MapCall> all = new ArrayList<>(surplus);
    for (int i = 0; i < SLOTS; i++) {
      MapCall call = slots.getAcquire(i);
      if (call != null) {
        all.add(call);
      }
    }
    return all;
  }
}
