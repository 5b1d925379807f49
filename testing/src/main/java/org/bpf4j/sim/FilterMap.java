package org.bpf4j.sim;

import java.nio.ByteBuffer;
import java.util.HashSet;
import java.util.Set;
import org.bpf4j.object.MapDefinition;
import org.bpf4j.vm.Memory;
import org.bpf4j.vm.Region;

/// A bloom filter that is never wrong: the kernel's takes a few values for others.
final class FilterMap implements SimulatedMap {

  private final MapDefinition definition;
  private final Region handle;
  private final Set<ByteBuffer> values = new HashSet<>();

  FilterMap(MapDefinition definition, Memory memory) {
    SimulatedMap.require(definition.keySize() == 0, definition, "a bloom filter has no keys");
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

  /// Adds a value.
  void add(byte[] value) {
    values.add(ByteBuffer.wrap(value.clone()));
  }

  /// Whether a value was added.
  boolean contains(byte[] value) {
    return values.contains(ByteBuffer.wrap(value));
  }
}
