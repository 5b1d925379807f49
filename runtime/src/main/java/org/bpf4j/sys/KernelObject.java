package org.bpf4j.sys;

import java.util.Map;
import org.bpf4j.handle.LoadedData;
import org.bpf4j.handle.LoadedMap;
import org.bpf4j.handle.LoadedObject;
import org.bpf4j.handle.LoadedProgram;
import org.bpf4j.handle.LoadedRing;
import org.bpf4j.object.BpfObject;
import org.jspecify.annotations.Nullable;

/// An object in Linux.
///
/// @param object what was loaded
/// @param maps the maps that are no rings, by name
/// @param rings the ring buffers, by name
/// @param sections the data sections, by name
/// @param programs the programs that were not skipped, by name
public record KernelObject(
    BpfObject object,
    Map<String, KernelMap> maps,
    Map<String, KernelRing> rings,
    Map<String, KernelMemory> sections,
    Map<String, KernelProgram> programs)
    implements LoadedObject {

  /// Copies the maps.
  public KernelObject {
    maps = Map.copyOf(maps);
    rings = Map.copyOf(rings);
    sections = Map.copyOf(sections);
    programs = Map.copyOf(programs);
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
    return named("ring buffer", rings.get(name), name);
  }

  @Override
  public LoadedData data(String section) {
    return named("data section", sections.get(section), section);
  }

  private static <T> T named(String what, @Nullable T found, String name) {
    if (found == null) {
      throw new IllegalArgumentException("the object has no " + what + " `" + name + "`");
    }
    return found;
  }

  /// Frees the programs first, since they hold the maps.
  @Override
  public void close() {
    programs.values().forEach(KernelProgram::close);
    rings.values().forEach(KernelRing::close);
    sections.values().forEach(KernelMemory::close);
    maps.values().forEach(KernelMap::close);
  }
}
