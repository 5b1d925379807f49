package org.bpf4j.sys;

import java.nio.file.Path;
import java.util.Map;
import java.util.function.Function;
import org.bpf4j.handle.LoadedData;
import org.bpf4j.handle.LoadedMap;
import org.bpf4j.handle.LoadedObject;
import org.bpf4j.handle.LoadedProgram;
import org.bpf4j.handle.LoadedRing;
import org.bpf4j.handle.LoadedUserRing;
import org.bpf4j.handle.MapMemory;
import org.bpf4j.handle.Operations;
import org.bpf4j.kernel.BpfException;
import org.bpf4j.object.BpfObject;

/// An object that somebody else loaded, as far as it was found.
///
/// @param found what was found
/// @param missing the maps, rings and data sections that were not, by name
/// @param absent what is thrown for a program or a struct of functions that was not found
public record BoundObject(
    KernelObject found, Map<String, MissingPart> missing, Function<String, BpfException> absent)
    implements LoadedObject {

  /// Copies the map.
  public BoundObject {
    missing = Map.copyOf(missing);
  }

  @Override
  public BpfObject object() {
    return found.object();
  }

  @Override
  public LoadedProgram program(String name) {
    if (object().function(name).isPresent() && !found.programs().containsKey(name)) {
      throw absent.apply(name);
    }
    return found.program(name);
  }

  @Override
  public LoadedMap map(String name) {
    MissingPart part = missing.get(name);
    return part != null ? part : found.map(name);
  }

  @Override
  public LoadedRing ring(String name) {
    MissingPart part = missing.get(name);
    return part != null ? part : found.ring(name);
  }

  @Override
  public LoadedUserRing userRing(String name) {
    MissingPart part = missing.get(name);
    return part != null ? part : found.userRing(name);
  }

  @Override
  public LoadedData data(String section) {
    MissingPart part = missing.get(section);
    return part != null ? part : found.data(section);
  }

  @Override
  public LoadedData arena(String name) {
    MissingPart part = missing.get(name);
    return part != null ? part : found.arena(name);
  }

  /// Structs of functions are attached by who loaded them.
  @Override
  public Operations operations(String name) {
    throw absent.apply(name);
  }

  @Override
  public MapMemory memory(String map) {
    MissingPart part = missing.get(map);
    return part != null ? part.memory() : found.memory(map);
  }

  @Override
  public void pin(Path folder) {
    found.pin(folder);
  }

  @Override
  public void close() {
    found.close();
  }
}
