package org.bpf4j.sim;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.function.Consumer;
import org.bpf4j.handle.LoadedUserRing;

/// A ring buffer that programs drain, as user space sees it.
record UserRingView(SimulatedObject object, UserRingMap ring) implements LoadedUserRing {

  /// The record is filled in native memory that is freed behind it, so that a use after the writer
  /// returned fails here as it does with a real ring.
  @Override
  public boolean offer(int bytes, Consumer<MemorySegment> writer) {
    if (bytes < 0 || RingMap.room(bytes) > size()) {
      throw new IllegalArgumentException(
          "a record of %d bytes for ring `%s` of %d".formatted(bytes, name(), size()));
    }
    byte[] record;
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment memory = arena.allocate(bytes, Long.BYTES);
      writer.accept(memory);
      record = memory.toArray(ValueLayout.JAVA_BYTE);
    }
    return object.locked(() -> ring.offer(record));
  }

  @Override
  public String name() {
    return ring.definition().name();
  }

  @Override
  public int size() {
    return ring.definition().maxEntries();
  }
}
