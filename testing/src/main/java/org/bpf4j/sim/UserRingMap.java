package org.bpf4j.sim;

import java.util.ArrayDeque;
import org.bpf4j.object.MapDefinition;
import org.bpf4j.vm.Memory;
import org.bpf4j.vm.Region;
import org.jspecify.annotations.Nullable;

/// A ring buffer that user space fills and programs drain.
///
/// Room is counted as the kernel does: each record takes a header of 8 bytes (`BPF_RINGBUF_HDR_SZ`)
/// and is rounded up to 8.
final class UserRingMap implements SimulatedMap {

  private final MapDefinition definition;
  private final Region handle;
  private final ArrayDeque<byte[]> records = new ArrayDeque<>();
  private long used;
  private boolean busy;

  UserRingMap(MapDefinition definition, Memory memory) {
    RingMap.requireRing(definition);
    this.definition = definition;
    handle = SimulatedMap.handle(definition, memory);
  }

  @Override
  public MapDefinition definition() {
    return definition;
  }

  @Override
  public Region handle() {
    return handle;
  }

  /// Adds a record; returns whether there was room.
  boolean offer(byte[] record) {
    long room = RingMap.room(record.length);
    if (used + room > definition.maxEntries()) {
      return false;
    }
    used += room;
    records.add(record);
    return true;
  }

  /// Begins to drain it; returns false if somebody does.
  boolean enter() {
    boolean free = !busy;
    busy = true;
    return free;
  }

  /// Ends to drain it.
  void leave() {
    busy = false;
  }

  /// The oldest record, which stays, or null.
  byte @Nullable [] peek() {
    return records.peek();
  }

  /// Takes the oldest record out.
  void remove() {
    used -= RingMap.room(records.remove().length);
  }
}
