package org.bpf4j.handle;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.SegmentAllocator;

/// A walk over a map's keys that stays correct when the current key is deleted.
///
/// The kernel restarts at the first key when it is asked for the successor of one that is gone, so
/// the walk asks one key ahead. It ends after as many keys as the map may hold, however often
/// others restart it by deleting.
final class MapKeys {

  private final LoadedMap map;
  private MemorySegment current;
  private MemorySegment ahead;
  private boolean more;
  private long left;
  private boolean cutShort;

  MapKeys(LoadedMap map, SegmentAllocator allocator) {
    this.map = map;
    int bytes = map.definition().keySize();
    current = allocator.allocate(bytes, Long.BYTES);
    ahead = allocator.allocate(bytes, Long.BYTES);
    left = Integer.toUnsignedLong(map.definition().maxEntries());
    more = map.nextKey(null, ahead);
  }

  /// Goes to the next key.
  ///
  /// @return whether there is one
  boolean advance() {
    if (!more || left-- == 0) {
      cutShort |= more;
      return false;
    }
    MemorySegment free = current;
    current = ahead;
    ahead = free;
    more = map.nextKey(current, ahead);
    return true;
  }

  /// Whether it ended though there were more keys, since others made it begin anew.
  boolean wasCutShort() {
    return cutShort;
  }

  /// The key, until the walk goes on.
  MemorySegment key() {
    return current;
  }
}
