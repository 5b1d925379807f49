package org.bpf4j.sim;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import org.bpf4j.object.MapDefinition;
import org.bpf4j.object.MapKind;
import org.bpf4j.vm.Memory;
import org.bpf4j.vm.Region;
import org.jspecify.annotations.Nullable;

/// A map that holds objects of the kernel: programs, maps, control groups or sockets.
///
/// Only of a hash of maps or sockets may keys be other than indices.
final class ObjectMap implements SimulatedMap {

  private final MapDefinition definition;
  private final Region handle;
  private final Map<ByteBuffer, Object> objects = new LinkedHashMap<>();

  ObjectMap(MapDefinition definition, Memory memory) {
    SimulatedMap.require(definition.keySize() > 0, definition, "keys without bytes");
    SimulatedMap.require(definition.valueSize() > 0, definition, "values without bytes");
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

  /// The object of a key, or null.
  @Nullable Object at(byte[] key) {
    return objects.get(ByteBuffer.wrap(key));
  }

  /// The object at an index, or null.
  @Nullable Object at(int index) {
    return at(key(index));
  }

  /// Puts an object under a key.
  ///
  /// @return 0, or `-E2BIG`
  int put(byte[] key, Object object) {
    boolean room =
        isHash()
            ? objects.size() < definition.maxEntries() || at(key) != null
            : Integer.compareUnsigned(index(key), definition.maxEntries()) < 0;
    if (!room) {
      return -Errno.E2BIG;
    }
    objects.put(ByteBuffer.wrap(key.clone()), object);
    return 0;
  }

  /// Takes the object of a key out.
  ///
  /// @return whether there was one
  boolean remove(byte[] key) {
    return objects.remove(ByteBuffer.wrap(key)) != null;
  }

  /// The key after another one, of all indices or of all that are there; the first if `key` is
  /// null.
  byte @Nullable [] next(byte @Nullable [] key) {
    if (!isHash()) {
      int next = key == null ? 0 : index(key) + 1;
      return Integer.compareUnsigned(next, definition.maxEntries()) < 0 ? key(next) : null;
    }
    Iterator<ByteBuffer> all = objects.keySet().iterator();
    if (key != null && at(key) != null) {
      boolean reached = false;
      while (!reached && all.hasNext()) {
        reached = all.next().equals(ByteBuffer.wrap(key));
      }
    }
    return all.hasNext() ? all.next().array().clone() : null;
  }

  private boolean isHash() {
    return definition.kind() == MapKind.HASH_OF_MAPS || definition.kind() == MapKind.SOCKHASH;
  }

  private static int index(byte[] key) {
    return ByteBuffer.wrap(key).order(ByteOrder.LITTLE_ENDIAN).getInt();
  }

  /// An index as a key.
  static byte[] key(int index) {
    return ByteBuffer.allocate(Integer.BYTES).order(ByteOrder.LITTLE_ENDIAN).putInt(index).array();
  }
}
