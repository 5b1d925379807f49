package org.bpf4j.sys;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentMap;
import org.bpf4j.handle.LoadedData;
import org.bpf4j.handle.LoadedMap;
import org.bpf4j.handle.LoadedObject;
import org.bpf4j.handle.LoadedProgram;
import org.bpf4j.handle.LoadedRing;
import org.bpf4j.handle.LoadedUserRing;
import org.bpf4j.handle.MapMemory;
import org.bpf4j.handle.Operations;
import org.bpf4j.object.BpfObject;
import org.bpf4j.object.MapKind;
import org.jspecify.annotations.Nullable;

/// An object in Linux.
///
/// @param object what was loaded
/// @param maps the maps that are no rings, by name
/// @param rings the ring buffers, by name
/// @param userRings the ring buffers that programs read, by name
/// @param arenas the arenas, by name
/// @param sections the data sections, by name
/// @param buffers the perf buffers that somebody asked for, by name of their map
/// @param programs the programs that were not skipped, by name
/// @param operations the structs of functions, by name
public record KernelObject(
    BpfObject object,
    Map<String, KernelMap> maps,
    Map<String, KernelRing> rings,
    Map<String, KernelUserRing> userRings,
    Map<String, KernelArena> arenas,
    Map<String, KernelMemory> sections,
    ConcurrentMap<String, KernelPerfBuffers> buffers,
    Map<String, KernelProgram> programs,
    Map<String, KernelOperations> operations)
    implements LoadedObject {

  /// Copies the maps, except for the buffers, which are opened when they are needed.
  public KernelObject {
    maps = Map.copyOf(maps);
    rings = Map.copyOf(rings);
    userRings = Map.copyOf(userRings);
    arenas = Map.copyOf(arenas);
    sections = Map.copyOf(sections);
    programs = Map.copyOf(programs);
    operations = Map.copyOf(operations);
  }

  @Override
  public LoadedProgram program(String name) {
    return named("program that was loaded", programs.get(name), name);
  }

  @Override
  public LoadedMap map(String name) {
    return named("map", maps.get(name), name);
  }

  @Override
  public LoadedRing ring(String name) {
    KernelPerfBuffers open = buffers.get(name);
    if (open != null) {
      return open;
    }
    KernelMap map = maps.get(name);
    return map != null && map.definition().kind() == MapKind.PERF_EVENT_ARRAY
        ? buffers.computeIfAbsent(name, _ -> new KernelPerfBuffers(map))
        : named("ring buffer", rings.get(name), name);
  }

  @Override
  public LoadedUserRing userRing(String name) {
    return named("ring buffer of user space", userRings.get(name), name);
  }

  @Override
  public LoadedData data(String section) {
    return named("data section", sections.get(section), section);
  }

  @Override
  public LoadedData arena(String name) {
    return named("arena", arenas.get(name), name);
  }

  @Override
  public Operations operations(String name) {
    return named("struct of functions", operations.get(name), name);
  }

  @Override
  public MapMemory memory(String map) {
    KernelMap plain = maps.get(map);
    if (plain != null) {
      return plain.memory();
    }
    KernelRing ring = rings.get(map);
    if (ring != null) {
      return ring.kernelMemory();
    }
    KernelUserRing userRing = userRings.get(map);
    return userRing != null
        ? userRing.kernelMemory()
        : named("map", arenas.get(map), map).kernelMemory();
  }

  @Override
  public void pin(Path folder) {
    parts().pin(folder);
  }

  /// What of it can be pinned.
  public PinnedParts parts() {
    return PinnedParts.of(this);
  }

  private static <T> T named(String what, @Nullable T found, String name) {
    if (found == null) {
      throw new IllegalArgumentException("the object has no " + what + " `" + name + "`");
    }
    return found;
  }

  /// Frees the programs first, since they hold the maps; all is freed, even if something fails.
  @Override
  public void close() {
    List<Runnable> steps = new ArrayList<>();
    operations.values().forEach(table -> steps.add(table::close));
    programs.values().forEach(program -> steps.add(program::close));
    buffers.values().forEach(open -> steps.add(open::close));
    rings.values().forEach(ring -> steps.add(ring::close));
    userRings.values().forEach(ring -> steps.add(ring::close));
    arenas.values().forEach(arena -> steps.add(arena::close));
    sections.values().forEach(section -> steps.add(section::close));
    maps.values().forEach(map -> steps.add(map::close));
    Freeing.all(steps);
  }
}
