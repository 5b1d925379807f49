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

  private static final int HEADER = 8;
  private static final int PAGE = 4096;

  private final MapDefinition definition;
  private final Region handle;
  private final ArrayDeque<byte[]> records = new ArrayDeque<>();
  private long used;
  private boolean busy;

  UserRingMap(MapDefinition definition, Memory memory) {
    int size = definition.maxEntries();
    SimulatedMap.require(
        size >= PAGE && Integer.bitCount(size) == 1,
        definition,
        "a ring's size must be a power of two and a multiple of the page size, and is " + size);
    SimulatedMap.require(
        definition.keySize() == 0 && definition.valueSize() == 0,
        definition,
        "a ring has neither keys nor values");
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

  /// The bytes that a record takes in the ring.
  static long room(int bytes) {
    return (HEADER + (long) bytes + 7) & ~7L;
  }

  /// Adds a record; returns whether there was room.
  boolean offer(byte[] record) {
    long room = room(record.length);
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
    used -= room(records.remove().length);
  }
}
