package org.bpf4j.handle;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/// Where the maps, data sections and programs of an object are that somebody else loaded.
///
/// What has a place by name is there; the others are looked for in the folders, in this order. In a
/// folder a map or a program is pinned under its name, as libbpf, `bpftool prog loadall` and
/// [Skeleton#pinTo] do it, or in the folders `maps` and `progs` of it. A data section such as
/// `.bss` is pinned under the name of its map, with `_` for dots: `firewall_bss`. Of a folder that
/// is kept, by `configure().keepIn`, it is the version in force that is looked at.
///
/// @param folders folders of BPF file systems
/// @param named places by name: maps, programs, and data sections such as `.bss`
public record Places(List<Path> folders, Map<String, Place> named) {

  /// Nowhere.
  public static final Places NONE = new Places(List.of(), Map.of());

  /// Copies the collections.
  public Places {
    folders = List.copyOf(folders);
    named = Map.copyOf(named);
  }

  /// In a folder of a BPF file system.
  public static Places in(Path folder) {
    return NONE.and(folder);
  }

  /// Descriptors of this process, by name.
  public static Places descriptors(Map<String, Integer> numbers) {
    return new Places(
        List.of(),
        numbers.entrySet().stream()
            .collect(
                Collectors.toMap(Map.Entry::getKey, entry -> Place.descriptor(entry.getValue()))));
  }

  /// The numbers of objects of the kernel, by name.
  public static Places ids(Map<String, Integer> numbers) {
    return new Places(
        List.of(),
        numbers.entrySet().stream()
            .collect(Collectors.toMap(Map.Entry::getKey, entry -> Place.id(entry.getValue()))));
  }

  /// The same, and what is in another folder.
  public Places and(Path folder) {
    List<Path> more = new ArrayList<>(folders);
    more.add(folder);
    return new Places(more, named);
  }

  /// The same, and a map, a data section or a program that is somewhere else.
  public Places with(String name, Place place) {
    Map<String, Place> more = new HashMap<>(named);
    more.put(name, place);
    return new Places(folders, more);
  }
}
