package org.bpf4j.sim;

import java.util.List;
import java.util.function.Consumer;
import org.bpf4j.vm.Region;
import org.jspecify.annotations.Nullable;

/// A map from keys to values, each value with a region of its own, one for each CPU if the map is
/// per CPU.
///
/// Errors are the kernel's negated numbers, so that helpers can hand them on.
sealed interface KeyedMap extends SimulatedMap permits ArrayMap, HashTable, PrefixTable {

  /// `BPF_NOEXIST`.
  int IF_ABSENT = 1;

  /// `BPF_EXIST`.
  int IF_PRESENT = 2;

  /// The number of values a key has.
  int valuesPerKey();

  /// The values of a key, or null if it is absent.
  ///
  /// @param use whether this counts as a use, which keeps a key from being evicted
  Region @Nullable [] find(byte[] key, boolean use);

  /// Makes sure that a key is there and lets its values be filled; new ones are zero.
  ///
  /// @param flags `BPF_ANY` (0), [#IF_ABSENT] or [#IF_PRESENT]
  /// @return 0, or `-EEXIST`, `-ENOENT`, `-E2BIG`, `-EINVAL`
  int update(byte[] key, long flags, Consumer<Region[]> fill);

  /// Removes a key.
  ///
  /// @return 0, or `-ENOENT`, `-EINVAL`
  int delete(byte[] key);

  /// The key after another one, or null if there is none; the first if `key` is null or absent.
  byte @Nullable [] nextKey(byte @Nullable [] key);

  /// The key of a value; null if it is not in the map any more.
  default byte @Nullable [] keyOf(Region value) {
    for (byte[] key = nextKey(null); key != null; key = nextKey(key)) {
      Region[] found = find(key, false);
      if (found != null && List.of(found).contains(value)) {
        return key;
      }
    }
    return null;
  }

  /// Frees what was removed while programs could still hold pointers to it.
  void reap();

  /// The size of a value, rounded up to 8 as the kernel lays values out.
  default int stride() {
    return (definition().valueSize() + 7) & ~7;
  }
}
