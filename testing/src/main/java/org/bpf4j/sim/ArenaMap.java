package org.bpf4j.sim;

import java.lang.foreign.MemorySegment;
import org.bpf4j.kernel.UnsupportedFeatureException;
import org.bpf4j.object.MapDefinition;
import org.bpf4j.object.MapFlag;
import org.bpf4j.vm.Memory;
import org.bpf4j.vm.Region;

/// An arena, all of whose pages are there.
final class ArenaMap implements SimulatedMap {

  private static final int PAGE_BYTES = 4096;

  /// A quarter of what an arena may have, since it is one array here.
  private static final int MAX_PAGES = 1 << 18;

  private final MapDefinition definition;
  private final Region handle;
  private final Region memory;

  ArenaMap(MapDefinition definition, Memory memory) {
    SimulatedMap.require(
        definition.keySize() == 0 && definition.valueSize() == 0,
        definition,
        "an arena has neither keys nor values");
    SimulatedMap.require(
        MapFlag.MMAPABLE.isIn(definition.flags()), definition, "an arena is mapped");
    SimulatedMap.require(definition.maxEntries() > 0, definition, "max_entries must be positive");
    if (definition.maxEntries() >= MAX_PAGES) {
      throw new UnsupportedFeatureException(
          "an arena of " + definition.maxEntries() + " pages, being simulated", null);
    }
    this.definition = definition;
    handle = SimulatedMap.handle(definition, memory);
    byte[] bytes = new byte[definition.maxEntries() * PAGE_BYTES];
    this.memory = memory.add("arena " + definition.name(), bytes);
    memory.arena(this.memory, definition.traits().extra());
  }

  @Override
  public MapDefinition definition() {
    return definition;
  }

  @Override
  public Region handle() {
    return handle;
  }

  /// The memory, as user space sees it.
  MemorySegment segment() {
    return MemorySegment.ofArray(memory.bytes());
  }
}
