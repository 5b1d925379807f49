package org.bpf4j.load;

import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Consumer;
import org.bpf4j.btf.Btf;
import org.bpf4j.handle.LoadedMap;
import org.bpf4j.handle.MapSource;
import org.bpf4j.handle.Place;
import org.bpf4j.kernel.IncompatibleMapException;
import org.bpf4j.object.MapDefinition;
import org.bpf4j.sys.Bpf;
import org.bpf4j.sys.Descriptor;
import org.bpf4j.sys.Errno;
import org.bpf4j.sys.Failure;
import org.bpf4j.sys.KernelMap;
import org.bpf4j.sys.KernelPins;
import org.bpf4j.sys.ObjectFamily;
import org.bpf4j.sys.OpenedPlace;
import org.bpf4j.sys.PinName;

/// Maps that are there before an object is loaded: pinned, or loaded by somebody else.
final class ExistingMap {

  /// Where libbpf pins maps by name.
  private static final Path PINS = Path.of("/sys/fs/bpf");

  /// Creates a map that is not there.
  interface Creation {
    Descriptor create();
  }

  private final MapComparison comparison;
  private final Consumer<Runnable> undo;

  /// @param types those of the object
  /// @param undo takes what is to be done if loading fails
  ExistingMap(Btf types, Consumer<Runnable> undo) {
    comparison = new MapComparison(types);
    this.undo = undo;
  }

  /// Where a map comes from by its declaration; empty if it is simply made.
  static Optional<MapSource> declared(MapDefinition map) {
    return map.traits().pinned()
        ? Optional.of(new MapSource.Pinned(PINS.resolve(PinName.of(map.name()))))
        : Optional.empty();
  }

  /// The descriptor of a map.
  ///
  /// @param creation makes it if it is not there, and may be
  /// @throws IncompatibleMapException if it is not as declared
  Descriptor open(MapDefinition declared, MapSource source, Creation creation) {
    return switch (source) {
      case MapSource.Loaded(LoadedMap map) -> compared(declared, share(declared, map));
      case MapSource.Existing(Place place) ->
          compared(
              declared, OpenedPlace.open(place, ObjectFamily.MAP, "map `" + declared.name() + "`"));
      case MapSource.Pinned(Path path) -> pinned(declared, path, creation);
    };
  }

  private static Descriptor share(MapDefinition declared, LoadedMap map) {
    if (!(map instanceof KernelMap existing)) {
      throw new IllegalArgumentException("map `" + declared.name() + "`: not of this kernel");
    }
    return existing.share();
  }

  /// If somebody else pins one meanwhile, that one is taken.
  private Descriptor pinned(MapDefinition declared, Path path, Creation creation) {
    Place place = new Place.Pin(path);
    return OpenedPlace.find(place, ObjectFamily.MAP)
        .map(found -> compared(declared, found))
        .orElseGet(
            () -> {
              Descriptor created = creation.create();
              try {
                long result = Bpf.pin(created, path);
                if (Errno.EEXIST.is(result)) {
                  created.close();
                  return compared(
                      declared,
                      OpenedPlace.open(place, ObjectFamily.MAP, "map `" + declared.name() + "`"));
                }
                Failure.check(result, "BPF_OBJ_PIN at " + path);
                undo.accept(() -> KernelPins.remove(path));
                return created;
              } catch (RuntimeException | Error e) {
                created.close();
                throw e;
              }
            });
  }

  private Descriptor compared(MapDefinition declared, Descriptor descriptor) {
    try {
      comparison.check(declared, descriptor);
      return descriptor;
    } catch (RuntimeException | Error e) {
      descriptor.close();
      throw e;
    }
  }
}
