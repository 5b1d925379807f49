package org.bpf4j.sys;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.bpf4j.handle.Place;
import org.bpf4j.kernel.NoSuchTargetException;

/// Opens what is at a place.
public final class OpenedPlace {

  private OpenedPlace() {}

  /// A descriptor of what is at a place; empty if nothing is there.
  ///
  /// @throws NoSuchTargetException if it is of another family
  public static Optional<Descriptor> find(Place place, ObjectFamily wanted) {
    return switch (place) {
      case Place.Pin(Path path) -> pinned(path).map(found -> checked(found, wanted, place));
      case Place.Id(int number) -> wanted.open(number);
      case Place.Descriptor(int number) ->
          Optional.of(checked(Descriptor.duplicate(number), wanted, place));
    };
  }

  /// A descriptor of what is at a place.
  ///
  /// @param what what it is, for the message
  /// @throws NoSuchTargetException if it is not there, or of another family
  public static Descriptor open(Place place, ObjectFamily wanted, String what) {
    return find(place, wanted)
        .orElseThrow(() -> new NoSuchTargetException(what + " at " + place, List.of()));
  }

  /// The same, but what is of another family is passed over.
  public static Optional<Descriptor> ofFamily(Place.Pin place, ObjectFamily wanted) {
    return pinned(place.path())
        .filter(
            found -> {
              boolean of = ObjectFamily.of(found).filter(family -> family == wanted).isPresent();
              if (!of) {
                found.close();
              }
              return of;
            });
  }

  private static Optional<Descriptor> pinned(Path path) {
    long result = Bpf.open(path);
    return Errno.ENOENT.is(result) || Errno.ENOTDIR.is(result)
        ? Optional.empty()
        : Optional.of(Descriptor.of(result, "BPF_OBJ_GET of " + path));
  }

  /// Pins of all families are opened by one command.
  private static Descriptor checked(Descriptor found, ObjectFamily wanted, Place place) {
    Optional<ObjectFamily> family = ObjectFamily.of(found);
    if (family.isPresent() && family.get() != wanted) {
      found.close();
      throw new NoSuchTargetException(wanted + " at " + place, List.of("a " + family.get()));
    }
    return found;
  }
}
