package org.bpf4j.sim;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.bpf4j.object.MapDefinition;
import org.bpf4j.vm.FaultException;
import org.bpf4j.vm.Memory;
import org.bpf4j.vm.Outcome.Kind;
import org.bpf4j.vm.Region;
import org.jspecify.annotations.Nullable;

/// A ring buffer: records in order of reservation, seen by user space once submitted.
///
/// Room is counted as the kernel does: each record takes a header of 8 bytes (`BPF_RINGBUF_HDR_SZ`)
/// and is rounded up to 8, and the ring never fills its last byte. A reserved record holds a
/// pattern, since the kernel clears none.
final class RingMap implements SimulatedMap, RecordQueue {

  private static final int HEADER = 8;
  private static final int PAGE = 4096;
  private static final byte UNWRITTEN = (byte) 0xa5;

  private enum State {
    RESERVED,
    SUBMITTED,
    DISCARDED
  }

  private static final class Reservation {
    final byte[] bytes;
    State state = State.RESERVED;

    Reservation(byte[] bytes) {
      this.bytes = bytes;
    }

    long room() {
      return RingMap.room(bytes.length);
    }
  }

  private final MapDefinition definition;
  private final Memory memory;
  private final Region handle;
  private final ArrayDeque<Reservation> records = new ArrayDeque<>();
  private final Map<Region, Reservation> reserved = new HashMap<>();
  private long consumed;
  private long produced;

  RingMap(MapDefinition definition, Memory memory) {
    requireRing(definition);
    this.definition = definition;
    this.memory = memory;
    handle = SimulatedMap.handle(definition, memory);
  }

  /// Refuses what the kernel would refuse of a ring.
  static void requireRing(MapDefinition definition) {
    int size = definition.maxEntries();
    SimulatedMap.require(
        size >= PAGE && Integer.bitCount(size) == 1,
        definition,
        "a ring's size must be a power of two and a multiple of the page size, and is " + size);
    SimulatedMap.require(
        definition.keySize() == 0 && definition.valueSize() == 0,
        definition,
        "a ring has neither keys nor values");
  }

  /// The bytes that a record takes in a ring.
  static long room(long bytes) {
    return HEADER + ((bytes + 7) & ~7L);
  }

  @Override
  public MapDefinition definition() {
    return definition;
  }

  @Override
  public Region handle() {
    return handle;
  }

  /// Reserves a record, or returns null if there is no room.
  @Nullable Region reserve(long size) {
    if (size < 0 || size + HEADER > definition.maxEntries()) {
      return null;
    }
    long room = room(size);
    if (produced + room - consumed > definition.maxEntries() - 1) {
      return null;
    }
    byte[] bytes = new byte[(int) size];
    Arrays.fill(bytes, UNWRITTEN);
    Reservation record = new Reservation(bytes);
    Region region = memory.add("record of ring " + definition.name(), bytes);
    records.add(record);
    reserved.put(region, record);
    produced += room;
    return region;
  }

  /// Whether a region is a record of this ring that waits to be submitted or discarded.
  boolean holds(Region region) {
    return reserved.containsKey(region);
  }

  /// Ends a reservation.
  ///
  /// @throws FaultException if the region is no reserved record of this ring
  void finish(Region region, boolean submit) {
    Reservation record = reserved.remove(region);
    if (record == null) {
      throw new FaultException(Kind.BAD_ARGUMENT, region + " is not a reserved record");
    }
    record.state = submit ? State.SUBMITTED : State.DISCARDED;
    memory.remove(region);
  }

  /// Writes a whole record; returns 0 or `-EAGAIN`.
  int output(byte[] bytes) {
    Region region = reserve(bytes.length);
    if (region == null) {
      return -Errno.EAGAIN;
    }
    System.arraycopy(bytes, 0, region.bytes(), 0, bytes.length);
    finish(region, true);
    return 0;
  }

  @Override
  public byte @Nullable [] take() {
    while (true) {
      Reservation record = records.peek();
      if (record == null || record.state == State.RESERVED) {
        return null;
      }
      records.remove();
      consumed += record.room();
      if (record.state == State.SUBMITTED) {
        return record.bytes;
      }
    }
  }

  /// None: programs count them.
  @Override
  public long lost() {
    return 0;
  }

  @Override
  public boolean isReady() {
    return records.stream()
        .takeWhile(record -> record.state != State.RESERVED)
        .anyMatch(record -> record.state == State.SUBMITTED);
  }

  /// A figure of the ring (`bpf_ringbuf_query`), 0 for an unknown one.
  long query(long figure) {
    return switch ((int) figure) {
      case 0 -> produced - consumed;
      case 1 -> definition.maxEntries();
      case 2 -> consumed;
      case 3 -> produced;
      default -> 0;
    };
  }
}
