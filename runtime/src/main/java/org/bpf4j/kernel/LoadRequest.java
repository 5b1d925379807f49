package org.bpf4j.kernel;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.bpf4j.handle.LoadedProgram;
import org.bpf4j.handle.MapSource;
import org.bpf4j.object.BpfObject;

/// An object together with what was configured before loading it.
///
/// @param object the object
/// @param owner the class the object was compiled from; the Java simulation runs its bodies
/// @param data new initial contents of data sections, by section name; absent ones keep theirs
/// @param maxEntries new sizes of maps, by map name
/// @param skipped ELF names of programs not to load
/// @param sources where maps come from that are not made anew, by map name
/// @param replaced the programs whose functions extensions take the place of, by the ELF name of
///   the extension
/// @param kept the folder of a BPF file system in which the object lives on between processes: its
///   maps are those of the version before, and what is attached takes that one's place
/// @param token the BPF file system by whose token bpf(2) is used in a user namespace; without one,
///   it is found as libbpf does
/// @param limits what the object may ask of the kernel
public record LoadRequest(
    BpfObject object,
    Class<?> owner,
    Map<String, byte[]> data,
    Map<String, Integer> maxEntries,
    Set<String> skipped,
    Map<String, MapSource> sources,
    Map<String, LoadedProgram> replaced,
    Optional<Path> kept,
    Optional<Path> token,
    LoadLimits limits) {

  /// Copies the collections.
  public LoadRequest {
    data = Map.copyOf(data);
    maxEntries = Map.copyOf(maxEntries);
    skipped = Set.copyOf(skipped);
    sources = Map.copyOf(sources);
    replaced = Map.copyOf(replaced);
  }

  /// A request in which every map is made anew.
  public LoadRequest(
      BpfObject object,
      Class<?> owner,
      Map<String, byte[]> data,
      Map<String, Integer> maxEntries,
      Set<String> skipped) {
    this(object, owner, data, maxEntries, skipped, Map.of(), Map.of());
  }

  /// A request for an object that ends with this process, by no token in particular.
  public LoadRequest(
      BpfObject object,
      Class<?> owner,
      Map<String, byte[]> data,
      Map<String, Integer> maxEntries,
      Set<String> skipped,
      Map<String, MapSource> sources,
      Map<String, LoadedProgram> replaced) {
    this(
        object,
        owner,
        data,
        maxEntries,
        skipped,
        sources,
        replaced,
        Optional.empty(),
        Optional.empty(),
        LoadLimits.of(object));
  }

  /// Loads the object as it is, without its [optional programs][BpfObject#optionalPrograms].
  public static LoadRequest of(BpfObject object, Class<?> owner) {
    return new LoadRequest(object, owner, Map.of(), Map.of(), object.optionalPrograms());
  }

  /// The same with other sources of maps.
  public LoadRequest withSources(Map<String, MapSource> others) {
    return new LoadRequest(
        object, owner, data, maxEntries, skipped, others, replaced, kept, token, limits);
  }

  /// The same with other limits.
  public LoadRequest withLimits(LoadLimits others) {
    return new LoadRequest(
        object, owner, data, maxEntries, skipped, sources, replaced, kept, token, others);
  }
}
