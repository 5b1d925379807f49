package org.bpf4j.handle;

import java.lang.foreign.MemorySegment;
import java.util.Optional;
import java.util.function.Function;
import org.bpf4j.kernel.UnsupportedFeatureException;
import org.bpf4j.object.MapDefinition;
import org.bpf4j.object.MapFlag;
import org.bpf4j.object.MapKind;
import org.jspecify.annotations.Nullable;

/// A map in a kernel, as bytes; [MapHandle] is its typed face.
///
/// Key segments hold [MapDefinition#keySize] bytes. Value segments hold [#valueBytes] bytes: for
/// per-CPU maps that is a slot of the value's size rounded up to 8 for each possible CPU. Segments
/// may be heap or native, and are copied; [#access] and [#batch] have memory that is not.
public interface LoadedMap extends Pinnable {

  /// What was created: sizes are those in force.
  MapDefinition definition();

  /// The number of bytes that a lookup fills and an update reads.
  int valueBytes();

  /// The number of values a key has: the possible CPUs for per-CPU maps, else 1.
  int valuesPerKey();

  /// How much memory of the kernel it takes, for all possible CPUs.
  default MapMemory memory() {
    return MapMemory.computed(definition(), valuesPerKey());
  }

  /// Memory for calls that copy and allocate nothing; it is this thread's until it is closed.
  ///
  /// @throws IllegalStateException if the map is closed
  default MapAccess access() {
    return PlainAccess.to(this);
  }

  /// The elements of an array that can be mapped (`BPF_F_MMAPABLE`), in memory that programs share,
  /// each a value's size rounded up to 8 behind the one before; empty for other maps. It is read
  /// only where the map may not be written. [MappedArray] is its face.
  ///
  /// @throws IllegalStateException if the map is closed
  default Optional<MemorySegment> mapped() {
    return Optional.empty();
  }

  /// Memory for many entries at a time.
  ///
  /// @param capacity how many, at least 1
  default MapBatch batch(int capacity) {
    return new SteppedBatch(this, capacity);
  }

  /// Reads a value.
  ///
  /// @return whether the key is present; if not, `value` is unspecified
  boolean lookup(MemorySegment key, MemorySegment value);

  /// Writes a value.
  ///
  /// @return whether it was written; false if `mode` forbids it because the key is present or
  ///   absent
  /// @throws org.bpf4j.kernel.MapFullException if the map has no room
  boolean update(MemorySegment key, MemorySegment value, UpdateMode mode);

  /// Reads a value and removes it at the same time; of queues and stacks the next one, whose key is
  /// empty.
  ///
  /// @return whether it was there; if not, `value` is unspecified
  /// @throws org.bpf4j.kernel.SyscallException if the kernel cannot do both at once: hash maps only
  ///   since 5.14
  boolean take(MemorySegment key, MemorySegment value);

  /// Creates a map such as this one holds; it lives as long as this one, or longer if it is put
  /// somewhere.
  ///
  /// @throws IllegalArgumentException if this map does not hold maps
  default LoadedMap createInner() {
    return createInner(inner().maxEntries());
  }

  /// The same, of another size.
  ///
  /// @throws IllegalArgumentException if this map does not hold maps, or none of that size
  LoadedMap createInner(int maxEntries);

  /// What the maps that this one holds look like.
  ///
  /// @throws IllegalArgumentException if this map does not hold maps
  default MapDefinition inner() {
    return definition()
        .traits()
        .inner()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "map `" + definition().name() + "` does not hold maps"));
  }

  /// What a map that this one holds looks like if it has another size; arrays have all one size
  /// unless they have [MapFlag#INNER_MAP] (`array_map_meta_equal`).
  ///
  /// @throws IllegalArgumentException if this map does not hold maps, or none of that size
  default MapDefinition inner(int maxEntries) {
    MapDefinition inner = inner();
    if (maxEntries != inner.maxEntries()
        && inner.kind() == MapKind.ARRAY
        && !MapFlag.INNER_MAP.isIn(inner.flags())) {
      throw new IllegalArgumentException(
          "the arrays in map `%s` have %d elements, not %d; @MapFlags(inner = MapFlag.INNER_MAP) lets them differ"
              .formatted(definition().name(), inner.maxEntries(), maxEntries));
    }
    return inner.withMaxEntries(maxEntries);
  }

  /// Puts an object of the kernel under a key, in a map that holds such.
  ///
  /// @throws IllegalArgumentException if the object is none of the kernel that has the map
  void assign(MemorySegment key, MapObject object);

  /// Does something with the key that stands for an object of the kernel, in a map whose values
  /// hang on such; the key is good for that long.
  ///
  /// @throws IllegalArgumentException if the object is none that values can hang on
  <T> T withOwner(MapObject owner, Function<MemorySegment, T> use);

  /// Makes it read-only for user space, for ever and for all processes (`BPF_MAP_FREEZE`); programs
  /// write on. The verifier then knows what is in an array that programs may only read.
  ///
  /// @throws UnsupportedOperationException if it lies in this process's memory, where the kernel
  ///   could not keep anybody from writing
  default void freeze() {
    throw new UnsupportedFeatureException("freezing maps: it is a simulation", null);
  }

  /// Removes a key.
  ///
  /// @return whether it was present
  boolean delete(MemorySegment key);

  /// Finds the key after another one.
  ///
  /// @param key the previous key, or null for the first
  /// @param next receives the key
  /// @return whether there is one
  boolean nextKey(@Nullable MemorySegment key, MemorySegment next);

  /// When an update may write.
  enum UpdateMode {
    /// Always (`BPF_ANY`).
    ANY,
    /// Only a key that is absent (`BPF_NOEXIST`).
    IF_ABSENT,
    /// Only a key that is present (`BPF_EXIST`).
    IF_PRESENT
  }
}
