package org.bpf4j.sim;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.bpf4j.handle.LoadedRing;

/// A ring buffer or perf buffers as user space sees them.
record RingView(SimulatedObject object, RecordQueue ring) implements LoadedRing {

  /// Each record is handed over in native memory that is freed behind it, so that a use after the
  /// consumer returned fails here as it does with a real ring.
  @Override
  public int consumeInPlace(PlacedConsumer consumer) {
    int count = 0;
    while (true) {
      byte[] bytes = object.locked(ring::take);
      if (bytes == null) {
        return count;
      }
      count++;
      try (Arena arena = Arena.ofConfined()) {
        MemorySegment segment = arena.allocate(bytes.length, Long.BYTES);
        MemorySegment.copy(bytes, 0, segment, ValueLayout.JAVA_BYTE, 0, bytes.length);
        consumer.accept(segment, 0, bytes.length);
      }
    }
  }

  @Override
  public boolean await(Duration timeout) throws InterruptedException {
    return awaitAny(List.of(), timeout);
  }

  @Override
  public boolean awaitAny(List<? extends LoadedRing> others, Duration timeout)
      throws InterruptedException {
    SimulatedKernel kernel = object.kernel;
    List<RingView> all = new ArrayList<>(List.of(this));
    for (LoadedRing other : others) {
      if (!(other instanceof RingView view) || !view.object.kernel.equals(kernel)) {
        throw new IllegalArgumentException("ring `" + other.name() + "`: not of this kernel");
      }
      all.add(view);
    }
    kernel.lock.lockInterruptibly();
    try {
      long left = TimeUnit.NANOSECONDS.convert(timeout);
      while (!anyReady(all) && left > 0) {
        left = kernel.ranOrClosed.awaitNanos(left);
      }
      return anyReady(all);
    } finally {
      kernel.lock.unlock();
    }
  }

  private static boolean anyReady(List<RingView> rings) {
    rings.forEach(view -> view.object.requireOpen());
    return rings.stream().anyMatch(view -> view.ring.isReady());
  }

  @Override
  public long lost() {
    return object.locked(ring::lost);
  }
}
