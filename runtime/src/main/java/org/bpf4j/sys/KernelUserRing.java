package org.bpf4j.sys;

import static java.lang.foreign.ValueLayout.JAVA_INT;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.file.Path;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.bpf4j.handle.LoadedUserRing;
import org.bpf4j.handle.MapMemory;
import org.bpf4j.object.MapDefinition;

/// A ring buffer in Linux that programs drain, written through memory shared with it.
///
/// A record is busy from the moment its room is taken until it is filled; the kernel stops at a
/// busy one.
public final class KernelUserRing implements LoadedUserRing, AutoCloseable {

  private final Descriptor descriptor;
  private final MapDefinition definition;
  private final Lifetime lifetime;
  private final RingMemory memory;
  private final ReentrantLock turn = new ReentrantLock();

  /// Takes ownership of a ring's descriptor and maps its memory.
  public KernelUserRing(MapDefinition definition, Descriptor descriptor) {
    this.descriptor = descriptor;
    this.definition = definition;
    memory = new RingMemory(definition, descriptor, false);
    lifetime =
        new Lifetime(
            "ring `" + definition.name() + "`",
            () -> {
              memory.close();
              descriptor.close();
            });
  }

  /// The ring's descriptor, for those who load programs.
  public Descriptor descriptor() {
    return descriptor;
  }

  /// How much memory of the kernel it takes.
  MapMemory kernelMemory() {
    lifetime.enter();
    try {
      return KernelFiles.memory(descriptor, definition);
    } finally {
      lifetime.leave();
    }
  }

  @Override
  public boolean offer(int bytes, Consumer<MemorySegment> writer) {
    long room = RingMemory.room(bytes);
    if (bytes < 0 || room > size()) {
      throw new IllegalArgumentException(
          "a record of %d bytes for ring `%s` of %d".formatted(bytes, name(), size()));
    }
    lifetime.enter();
    try {
      long at = reserve(bytes, room);
      if (at < 0) {
        return false;
      }
      fill(memory.place(at), bytes, writer);
      return true;
    } finally {
      lifetime.leave();
    }
  }

  /// Takes room.
  ///
  /// @return the position, or -1 if there is none
  private long reserve(int bytes, long room) {
    turn.lock();
    try {
      long at = (long) RingMemory.POSITION.getOpaque(memory.producer, 0L);
      long used = at - (long) RingMemory.POSITION.getAcquire(memory.consumer, 0L);
      if (used + room > size()) {
        return -1;
      }
      memory.records.set(JAVA_INT, memory.place(at), bytes | RingMemory.BUSY);
      memory.records.set(JAVA_INT, memory.place(at) + Integer.BYTES, 0);
      RingMemory.POSITION.setRelease(memory.producer, 0L, at + room);
      return at;
    } finally {
      turn.unlock();
    }
  }

  private void fill(long place, int bytes, Consumer<MemorySegment> writer) {
    boolean filled = false;
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment record = memory.records.asSlice(place + RingMemory.HEADER_BYTES, bytes);
      record.fill((byte) 0);
      writer.accept(Native.confine(record, arena));
      filled = true;
    } finally {
      RingMemory.LENGTH.setRelease(
          memory.records, place, filled ? bytes : bytes | RingMemory.DISCARDED);
    }
  }

  @Override
  public String name() {
    return definition.name();
  }

  @Override
  public int size() {
    return definition.maxEntries();
  }

  @Override
  public void pin(Path path) {
    lifetime.enter();
    try {
      KernelPins.pin(descriptor, path, "ring `" + definition.name() + "`");
    } finally {
      lifetime.leave();
    }
  }

  @Override
  public void unpin(Path path) {
    KernelPins.remove(path);
  }

  @Override
  public void close() {
    lifetime.close();
  }
}
