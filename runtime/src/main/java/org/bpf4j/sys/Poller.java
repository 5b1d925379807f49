package org.bpf4j.sys;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;

/// The one thread of the process that waits in the kernel, so that no other has to.
///
/// A native wait would pin a virtual thread's carrier, and could not be interrupted; threads that
/// wait for a descriptor therefore park, and this thread wakes them.
final class Poller {

  private static final class Holder {
    static final Poller INSTANCE = new Poller();
  }

  private static volatile boolean started;

  private final Epoll epoll = new Epoll();
  private final Map<Integer, List<Thread>> waiting = new HashMap<>();

  private Poller() {
    Thread.ofPlatform().daemon().name("bpf4j-poller").start(() -> epoll.dispatch(this::wake));
  }

  /// The process's poller, started when it is first needed.
  static Poller instance() {
    Poller poller = Holder.INSTANCE;
    started = true;
    return poller;
  }

  /// Parks until a descriptor is readable, it is woken, the time is over, or the thread is
  /// interrupted; like all parking, it may also return for no reason.
  void park(int descriptor, long nanoseconds) {
    Thread self = Thread.currentThread();
    try {
      synchronized (waiting) {
        waiting.computeIfAbsent(descriptor, _ -> new ArrayList<>()).add(self);
        epoll.arm(descriptor);
      }
      LockSupport.parkNanos(this, nanoseconds);
    } finally {
      synchronized (waiting) {
        List<Thread> threads = waiting.get(descriptor);
        if (threads != null && threads.remove(self) && threads.isEmpty()) {
          waiting.remove(descriptor);
          epoll.remove(descriptor);
        }
      }
    }
  }

  /// Wakes all who wait for a descriptor, if anybody ever did; for who closes it.
  static void wakeAll(int descriptor) {
    if (started) {
      instance().wake(descriptor);
    }
  }

  /// Wakes all who wait for a descriptor.
  void wake(int descriptor) {
    synchronized (waiting) {
      waiting.getOrDefault(descriptor, List.of()).forEach(LockSupport::unpark);
    }
  }
}
