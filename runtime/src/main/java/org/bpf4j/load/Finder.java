package org.bpf4j.load;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.bpf4j.handle.Place;
import org.bpf4j.handle.Places;
import org.bpf4j.kernel.NoSuchTargetException;
import org.bpf4j.object.DataSection;
import org.bpf4j.object.MapKind;
import org.bpf4j.sys.Descriptor;
import org.bpf4j.sys.KeptFolder;
import org.bpf4j.sys.ObjectFamily;
import org.bpf4j.sys.ObjectInfo;
import org.bpf4j.sys.OpenedPlace;
import org.bpf4j.sys.PinName;

/// Finds what somebody else loaded, where [Places] say.
final class Finder {

  /// The folders in which `bpftool prog loadall … pinmaps` is told to put maps and programs, by
  /// habit.
  private static final List<String> OF_MAPS = List.of("", "maps");

  private static final List<String> OF_PROGRAMS = List.of("", "progs");

  /// Where `struct bpf_map_info` has type, number of entries and name.
  private static final int TYPE = 0;

  private static final int MAX_ENTRIES = 16;
  private static final int NAME = 24;

  private final Places places;
  private final List<Path> folders;

  Finder(Places places) {
    this.places = places;
    folders = places.folders().stream().map(KeptFolder::inForce).toList();
  }

  /// The map of that name.
  Optional<Descriptor> map(String name) {
    return named(name, ObjectFamily.MAP).or(() -> pinned(name, OF_MAPS, ObjectFamily.MAP));
  }

  /// The program of that name.
  Optional<Descriptor> program(String name) {
    return named(name, ObjectFamily.PROGRAM)
        .or(() -> pinned(name, OF_PROGRAMS, ObjectFamily.PROGRAM));
  }

  /// The map of a data section: its name ends with the section's, and begins with letters of the
  /// name of a file or class.
  Optional<Descriptor> section(DataSection section) {
    Optional<Descriptor> named = named(section.name(), ObjectFamily.MAP);
    if (named.isPresent()) {
      return named;
    }
    for (Path folder : folders) {
      for (String sub : OF_MAPS) {
        for (Path pin : list(folder.resolve(sub))) {
          if (pin.getFileName().toString().endsWith(PinName.of(section.name()))) {
            Optional<Descriptor> found =
                OpenedPlace.ofFamily(new Place.Pin(pin), ObjectFamily.MAP)
                    .filter(map -> isOf(section, map));
            if (found.isPresent()) {
              return found;
            }
          }
        }
      }
    }
    return Optional.empty();
  }

  /// The kernel keeps the dot, which the pin's name has not.
  private static boolean isOf(DataSection section, Descriptor map) {
    ObjectInfo info = ObjectInfo.of(map, "a map");
    boolean found =
        info.number(TYPE) == MapKind.ARRAY.number()
            && info.number(MAX_ENTRIES) == 1
            && info.text(NAME).endsWith(section.name());
    if (!found) {
      map.close();
    }
    return found;
  }

  /// What somebody said of a name must be there.
  private Optional<Descriptor> named(String name, ObjectFamily family) {
    Place place = places.named().get(name);
    return place == null
        ? Optional.empty()
        : Optional.of(OpenedPlace.open(place, family, family + " `" + name + "`"));
  }

  private Optional<Descriptor> pinned(String name, List<String> below, ObjectFamily family) {
    for (Path folder : folders) {
      for (String sub : below) {
        Optional<Descriptor> found =
            OpenedPlace.find(new Place.Pin(folder.resolve(sub).resolve(PinName.of(name))), family);
        if (found.isPresent()) {
          return found;
        }
      }
    }
    return Optional.empty();
  }

  /// What is thrown for something that was not found.
  ///
  /// @param what such as ``map `blocked` ``
  NoSuchTargetException missing(String what, String name) {
    String pin = PinName.of(name);
    String where =
        folders.isEmpty()
            ? ""
            : " pinned as "
                + folders.stream()
                    .map(folder -> folder.resolve(pin).toString())
                    .collect(Collectors.joining(" or "));
    return new NoSuchTargetException(what + where, present());
  }

  /// What is pinned in the folders.
  private List<String> present() {
    List<String> names = new ArrayList<>();
    for (Path folder : folders) {
      list(folder).forEach(pin -> names.add(pin.toString()));
    }
    return names;
  }

  private static List<Path> list(Path folder) {
    try (Stream<Path> pins = Files.list(folder)) {
      return pins.sorted().toList();
    } catch (IOException _) {
      return List.of();
    }
  }
}
