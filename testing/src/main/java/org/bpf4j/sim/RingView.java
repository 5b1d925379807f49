package org.bpf4j.sim;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.time.Duration;
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
    SimulatedKernel kernel = object.kernel;
    kernel.lock.lockInterruptibly();
    try {
      long left = TimeUnit.NANOSECONDS.convert(timeout);
      object.requireOpen();
      while (!ring.isReady() && left > 0) {
        left = kernel.ranOrClosed.awaitNanos(left);
        object.requireOpen();
      }
      return ring.isReady();
    } finally {
      kernel.lock.unlock();
    }
  }

  @Override
  public long lost() {
    return object.locked(ring::lost);
  }
}
