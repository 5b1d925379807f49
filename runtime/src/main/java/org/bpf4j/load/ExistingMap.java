package org.bpf4j.load;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.bpf4j.handle.LoadedMap;
import org.bpf4j.kernel.IncompatibleMapException;
import org.bpf4j.object.MapDefinition;
import org.bpf4j.sys.Bpf;
import org.bpf4j.sys.Descriptor;
import org.bpf4j.sys.Errno;
import org.bpf4j.sys.Failure;
import org.bpf4j.sys.KernelMap;

/// Maps that are there before an object is loaded: pinned under a name, or loaded by somebody else
/// in this process.
final class ExistingMap {

  /// Where libbpf pins maps by name.
  private static final Path PINS = Path.of("/sys/fs/bpf");

  private ExistingMap() {}

  /// The descriptor of a map that the user shares.
  ///
  /// @throws IncompatibleMapException if it is not as declared
  static Descriptor shared(MapDefinition declared, LoadedMap map) {
    if (!(map instanceof KernelMap existing)) {
      throw new IllegalArgumentException("map `" + declared.name() + "`: not of this kernel");
    }
    Descriptor descriptor = existing.share();
    return compared(declared, descriptor);
  }

  /// The descriptor of the map that is pinned under the declared one's name, if there is one.
  ///
  /// @throws IncompatibleMapException if it is not as declared
  static Optional<Descriptor> pinned(MapDefinition declared) {
    Path path = path(declared);
    long result = Bpf.open(path);
    if (Errno.ENOENT.is(result)) {
      return Optional.empty();
    }
    return Optional.of(compared(declared, Descriptor.of(result, "BPF_OBJ_GET of " + path)));
  }

  /// Pins a new map under its name.
  static void pin(MapDefinition declared, Descriptor descriptor) {
    Path path = path(declared);
    Failure.check(Bpf.pin(descriptor, path), "BPF_OBJ_PIN at " + path);
  }

  /// Takes the pin of a map away, if it is there.
  static void unpin(MapDefinition declared) {
    Path path = path(declared);
    try {
      Files.deleteIfExists(path);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot remove " + path, e);
    }
  }

  /// Names are C identifiers; an object of somebody else might have another.
  private static Path path(MapDefinition declared) {
    if (!declared.name().matches("[A-Za-z0-9_]+")) {
      throw new IllegalArgumentException("no name to pin a map under: " + declared.name());
    }
    return PINS.resolve(declared.name());
  }

  private static Descriptor compared(MapDefinition declared, Descriptor descriptor) {
    try {
      MapDefinition found = Bpf.describe(descriptor, declared.name());
      compare(declared, "map type", declared.kind(), found.kind());
      compare(declared, "key size", declared.keySize(), found.keySize());
      compare(declared, "value size", declared.valueSize(), found.valueSize());
      compare(declared, "max_entries", declared.maxEntries(), found.maxEntries());
      compare(declared, "flags", declared.flags(), found.flags());
      return descriptor;
    } catch (RuntimeException | Error e) {
      descriptor.close();
      throw e;
    }
  }

  private static void compare(MapDefinition map, String field, Object declared, Object found) {
    if (!declared.equals(found)) {
      throw new IncompatibleMapException(map.name(), field, declared, found);
    }
  }
}
