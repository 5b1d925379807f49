package org.bpf4j.cases;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.bpf4j.object.BpfObject;
import org.bpf4j.object.MapDefinition;

/// The pins that loading an object makes by itself, of maps that declare them.
final class Pins {

  private static final Path FOLDER = Path.of("/sys/fs/bpf");

  private Pins() {}

  /// Takes them away.
  static void remove(BpfObject object) {
    try {
      for (MapDefinition map : object.maps()) {
        if (map.traits().pinned()) {
          Files.deleteIfExists(FOLDER.resolve(map.name()));
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException("cannot remove a pin", e);
    }
  }
}
