package org.bpf4j.cli;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.List;
import org.bpf4j.handle.LoadedMap;

/// What is in a map, at one time, as bytes.
///
/// @param list the entries, in the map's own order; those of arrays that are all zero are left out
/// @param zeros how many were left out
record Entries(List<Entry> list, int zeros) {

  /// An entry.
  ///
  /// @param key its key
  /// @param values its values: one for each possible CPU in per-CPU maps, else one
  record Entry(MemorySegment key, List<MemorySegment> values) {}

  /// Reads a map. It ends after as many keys as the map may hold, whoever else changes it.
  static Entries read(LoadedMap map) {
    List<Entry> list = new ArrayList<>();
    int zeros = 0;
    MemorySegment previous = null;
    int left = map.definition().maxEntries();
    MemorySegment next = heap(map.definition().keySize());
    while (left-- != 0 && map.nextKey(previous, next)) {
      MemorySegment value = heap(map.valueBytes());
      if (map.lookup(next, value)) {
        if (map.definition().kind().isArray() && isZero(value)) {
          zeros++;
        } else {
          list.add(new Entry(next, values(map, value)));
        }
      }
      previous = next;
      next = heap(map.definition().keySize());
    }
    return new Entries(List.copyOf(list), zeros);
  }

  private static MemorySegment heap(int bytes) {
    return MemorySegment.ofArray(new byte[bytes]);
  }

  private static List<MemorySegment> values(LoadedMap map, MemorySegment all) {
    int count = map.valuesPerKey();
    long stride = all.byteSize() / count;
    List<MemorySegment> values = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      values.add(all.asSlice(i * stride, map.definition().valueSize()));
    }
    return values;
  }

  /// Whether every byte is zero.
  static boolean isZero(MemorySegment segment) {
    for (byte b : segment.toArray(ValueLayout.JAVA_BYTE)) {
      if (b != 0) {
        return false;
      }
    }
    return true;
  }
}
