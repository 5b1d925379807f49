package org.bpf4j.sys;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import org.bpf4j.handle.LoadedMap.UpdateMode;
import org.bpf4j.handle.MapAccess;
import org.bpf4j.handle.MapBatch;
import org.bpf4j.handle.SteppedBatch;
import org.bpf4j.object.MapKind;
import org.jspecify.annotations.Nullable;

/// Entries of a map, as many at once as the kernel moves.
///
/// The kernel walks hash maps by bucket, so that removals disturb nothing, and others by key. That
/// it cannot move many at once is found by its answer; entries then go one by one.
final class KernelBatch extends MapBatch {

  private static final int LOOKUP = 24;
  private static final int TAKE = 25;
  private static final int UPDATE = 26;
  private static final int DELETE = 27;

  /// The offsets of the fields of `batch` in `union bpf_attr`.
  private static final long FROM = 0;

  private static final long TO = 8;
  private static final long KEYS = 16;
  private static final long VALUES = 24;
  private static final long COUNT = 32;
  private static final long MAP = 36;
  private static final long ATTR_BYTES = 56;

  /// What tells where the next batch begins is a key, or a bucket's number of this size.
  private static final int BUCKET_BYTES = 4;

  /// Memory for so many entries; it is kept for the next batch, since new memory costs the kernel
  /// more than it to fill it.
  record Room(int capacity, MemorySegment keys, MemorySegment values) {
    private static Room of(KernelMap map, int capacity) {
      Arena arena = Arena.ofAuto();
      return new Room(
          capacity,
          arena.allocate((long) capacity * map.definition().keySize(), Long.BYTES),
          arena.allocate((long) capacity * map.valueBytes(), Long.BYTES));
    }
  }

  private final KernelMap map;
  private final int keyBytes;
  private final int valueBytes;
  private final Arena arena = Arena.ofConfined();
  private final MemorySegment attr;
  private final MemorySegment place;
  private Room room;
  private boolean begun;
  private boolean ended;
  private boolean complete = true;

  /// How many entries may come before it is certain that some came twice.
  private long left;

  private @Nullable SteppedBatch stepped;

  private KernelBatch(KernelMap map, int capacity) {
    this.map = map;
    keyBytes = map.definition().keySize();
    valueBytes = map.valueBytes();
    Room kept = map.room().getAndSet(null);
    room = kept != null && kept.capacity >= capacity ? kept : Room.of(map, capacity);
    place = arena.allocate(Math.max(keyBytes, BUCKET_BYTES), Long.BYTES);
    attr = arena.allocate(ATTR_BYTES, Long.BYTES);
    attr.set(JAVA_INT, MAP, map.descriptor().number());
    left =
        byBucket(map.definition().kind())
            ? Long.MAX_VALUE
            : Integer.toUnsignedLong(map.definition().maxEntries());
  }

  /// Memory for so many entries.
  static KernelBatch of(KernelMap map, int capacity) {
    return new KernelBatch(map, Math.max(1, capacity));
  }

  private static boolean byBucket(MapKind kind) {
    return switch (kind) {
      case HASH, LRU_HASH, PERCPU_HASH, LRU_PERCPU_HASH, HASH_OF_MAPS -> true;
      default -> false;
    };
  }

  @Override
  public MemorySegment keys() {
    return stepped != null ? stepped.keys() : room.keys;
  }

  @Override
  public MemorySegment values() {
    return stepped != null ? stepped.values() : room.values;
  }

  @Override
  public int capacity() {
    return room.capacity;
  }

  @Override
  public boolean isComplete() {
    return complete && (stepped == null || stepped.isComplete());
  }

  @Override
  public int next() {
    return read(LOOKUP, "BPF_MAP_LOOKUP_BATCH");
  }

  @Override
  public int takeNext() {
    return read(TAKE, "BPF_MAP_LOOKUP_AND_DELETE_BATCH");
  }

  private int read(int command, String name) {
    while (stepped == null && !ended) {
      attr.set(JAVA_LONG, FROM, begun ? place.address() : 0);
      attr.set(JAVA_LONG, TO, place.address());
      long result = call(command, 0, room.capacity);
      int count = attr.get(JAVA_INT, COUNT);
      if (Errno.ENOSPC.is(result)) {
        grow();
        continue;
      }
      if (isUnsupported(result) && !begun) {
        stepped = new SteppedBatch(map, room.capacity);
        break;
      }
      begun = true;
      left -= count;
      ended = Errno.ENOENT.is(result) || left < 0;
      complete &= left >= 0;
      if (result < 0 && !Errno.ENOENT.is(result) && !Errno.EINTR.is(result)) {
        throw map.failure(result, name);
      }
      if (count > 0) {
        return count;
      }
    }
    return stepped == null ? 0 : command == LOOKUP ? stepped.next() : stepped.takeNext();
  }

  /// A bucket has more entries than there is room for.
  private void grow() {
    room = Room.of(map, Math.multiplyExact(room.capacity, 2));
  }

  private static boolean isUnsupported(long result) {
    return Errno.EINVAL.is(result) || Errno.ENOTSUPP.is(result) || Errno.EOPNOTSUPP.is(result);
  }

  /// @param first the entry that the call begins with
  private long call(int command, int first, int count) {
    attr.set(JAVA_LONG, KEYS, room.keys.address() + (long) first * keyBytes);
    attr.set(JAVA_LONG, VALUES, room.values.address() + (long) first * valueBytes);
    attr.set(JAVA_INT, COUNT, count);
    try (MapCall call = map.call()) {
      return call.invoke(command, attr);
    }
  }

  /// The kernel writes many at once only if it may write over what is there.
  @Override
  public int store(int count, UpdateMode mode) {
    if (mode == UpdateMode.ANY && stepped == null && count > 0) {
      long result = call(UPDATE, 0, count);
      if (!isUnsupported(result)) {
        int written = result < 0 ? attr.get(JAVA_INT, COUNT) : count;
        return map.stored(result, mode, key(Math.min(written, count - 1))) ? count : written;
      }
    }
    try (MapAccess access = map.access()) {
      for (int i = 0; i < count; i++) {
        access.key().copyFrom(key(i));
        access.value().copyFrom(values().asSlice((long) i * valueBytes, valueBytes));
        if (!access.store(mode)) {
          return i;
        }
      }
    }
    return count;
  }

  private MemorySegment key(int index) {
    return keys().asSlice((long) index * keyBytes, keyBytes);
  }

  @Override
  public int erase(int count) {
    int present = 0;
    int done = 0;
    while (done < count && stepped == null) {
      long result = call(DELETE, done, count - done);
      if (isUnsupported(result)) {
        break;
      }
      int removed = attr.get(JAVA_INT, COUNT);
      present += removed;
      done += Errno.ENOENT.is(result) ? removed + 1 : removed;
      if (result < 0 && !Errno.ENOENT.is(result)) {
        throw map.failure(result, "BPF_MAP_DELETE_BATCH");
      }
    }
    try (MapAccess access = map.access()) {
      for (; done < count; done++) {
        access.key().copyFrom(key(done));
        present += access.erase() ? 1 : 0;
      }
    }
    return present;
  }

  @Override
  public void close() {
    arena.close();
    map.room().compareAndSet(null, room);
    if (stepped != null) {
      stepped.close();
    }
  }
}
