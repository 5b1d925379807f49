package org.bpf4j.sim;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Map;
import java.util.TreeMap;
import org.bpf4j.object.MapDefinition;
import org.bpf4j.vm.Memory;
import org.bpf4j.vm.Region;
import org.jspecify.annotations.Nullable;

/// A map that holds objects of the kernel, such as programs, by index.
final class ObjectMap implements SimulatedMap {

  private final MapDefinition definition;
  private final Region handle;
  private final TreeMap<Integer, Object> objects = new TreeMap<>();

  ObjectMap(MapDefinition definition, Memory memory) {
    SimulatedMap.require(definition.keySize() == 4, definition, "keys have 4 bytes");
    SimulatedMap.require(definition.valueSize() == 4, definition, "values have 4 bytes");
    SimulatedMap.require(definition.maxEntries() > 0, definition, "max_entries must be positive");
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

  /// The object at an index, or null.
  @Nullable Object at(int index) {
    return objects.get(index);
  }

  /// Puts an object at an index.
  ///
  /// @return 0, or `-E2BIG`
  int put(int index, Object object) {
    if (Integer.compareUnsigned(index, definition.maxEntries()) >= 0) {
      return -Errno.E2BIG;
    }
    objects.put(index, object);
    return 0;
  }

  /// Takes the object at an index out.
  ///
  /// @return whether there was one
  boolean remove(int index) {
    return objects.remove(index) != null;
  }

  /// The index after another one of all that exist, or null; the first if `index` is null.
  @Nullable Integer next(@Nullable Integer index) {
    int next = index == null ? 0 : index + 1;
    return Integer.compareUnsigned(next, definition.maxEntries()) < 0 ? next : null;
  }

  /// What is in it.
  Map<Integer, Object> objects() {
    return objects;
  }

  static int index(byte[] key) {
    return ByteBuffer.wrap(key).order(ByteOrder.LITTLE_ENDIAN).getInt();
  }
}
