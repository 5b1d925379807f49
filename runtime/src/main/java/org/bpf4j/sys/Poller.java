package org.bpf4j.sys;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/// The one thread of the process that waits in the kernel, so that no other has to.
///
/// A native wait would pin a virtual thread's carrier, and could not be interrupted; threads that
/// wait for a descriptor therefore park, and this thread wakes them.
final class Poller {

  private static volatile @Nullable Poller running;

  private final Epoll epoll = new Epoll();
  private final Map<Integer, List<Thread>> waiting = new HashMap<>();

  private Poller() {
    Thread.ofPlatform().daemon().name("bpf4j-poller").start(() -> epoll.dispatch(this::wake));
  }

  /// The process's poller, started when it is first needed; what fails then may go well later.
  static Poller instance() {
    Poller poller = running;
    return poller == null ? start() : poller;
  }

  private static synchronized Poller start() {
    Poller poller = running;
    if (poller == null) {
      poller = new Poller();
      running = poller;
    }
    return poller;
  }

  /// Parks until one of some descriptors is readable, it is woken, the time is over, or the thread
  /// is interrupted; like all parking, it may also return for no reason.
  ///
  /// @param closed asked when the thread can be woken: who closes says so first, and wakes then
  void park(int[] descriptors, long nanoseconds, BooleanSupplier closed) {
    Thread self = Thread.currentThread();
    try {
      synchronized (waiting) {
        for (int descriptor : descriptors) {
          waiting.computeIfAbsent(descriptor, _ -> new ArrayList<>()).add(self);
          epoll.arm(descriptor);
        }
      }
      if (!closed.getAsBoolean()) {
        LockSupport.parkNanos(this, nanoseconds);
      }
    } finally {
      synchronized (waiting) {
        for (int descriptor : descriptors) {
          List<Thread> threads = waiting.get(descriptor);
          if (threads != null && threads.remove(self) && threads.isEmpty()) {
            waiting.remove(descriptor);
            epoll.remove(descriptor);
          }
        }
      }
    }
  }

  /// Wakes all who wait for a descriptor, if anybody ever did; for who closes it.
  static void wakeAll(int descriptor) {
    Poller poller = running;
    if (poller != null) {
      poller.wake(descriptor);
    }
  }

  /// Wakes all who wait for a descriptor.
  void wake(int descriptor) {
    synchronized (waiting) {
      waiting.getOrDefault(descriptor, List.of()).forEach(LockSupport::unpark);
    }
  }
}
