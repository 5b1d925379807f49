package org.bpf4j.sys;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

/// The parts of an object by the names of their pins, which stand in a folder all together or not
/// at all.
///
/// The layout is that of libbpf: each part under its name, with `_` for dots.
public final class PinnedParts {

  /// What stands in the name of a folder that is being filled.
  private static final String CONTENT = "pins";

  private static final AtomicInteger COUNT = new AtomicInteger();

  private final Map<String, Descriptor> parts = new LinkedHashMap<>();

  private PinnedParts() {}

  /// All parts of an object.
  static PinnedParts of(KernelObject object) {
    PinnedParts all = new PinnedParts();
    object.maps().forEach((name, map) -> all.add(name, map.descriptor()));
    object.rings().forEach((name, ring) -> all.add(name, ring.descriptor()));
    object.userRings().forEach((name, ring) -> all.add(name, ring.descriptor()));
    object.arenas().forEach((name, arena) -> all.add(name, arena.descriptor()));
    object.sections().values().forEach(section -> all.add(section.mapName(), section.descriptor()));
    object.programs().forEach((name, program) -> all.add(name, program.descriptor()));
    return all;
  }

  private void add(String name, Descriptor part) {
    parts.put(PinName.of(name), part);
  }

  /// Pins all in a new folder. It is filled under another name, which says who does so, and gets
  /// its own when it is complete; if the process is killed meanwhile, the doctor finds it, or the
  /// next process that pins there.
  ///
  /// @throws org.bpf4j.kernel.BpfException if it is there already, or is in no BPF file system
  void pin(Path folder) {
    Path absolute = folder.toAbsolutePath();
    Path filled =
        absolute.resolveSibling(OwnerTag.own(CONTENT + COUNT.incrementAndGet()).toString());
    try {
      reclaim(absolute.resolveSibling(""));
      Files.createDirectory(filled);
      try {
        pinInto(filled);
        rename(filled, absolute);
      } catch (IOException | RuntimeException | Error e) {
        removeFolder(filled);
        throw e;
      }
    } catch (IOException e) {
      throw new UncheckedIOException("cannot pin to " + folder, e);
    }
  }

  /// Removes what dead processes left in a folder while they filled others in it.
  private static void reclaim(Path folder) throws IOException {
    if (!Files.isReadable(folder)) {
      return;
    }
    List<Path> left;
    try (Stream<Path> files = Files.list(folder)) {
      left = files.filter(file -> left(file).isPresent()).toList();
    }
    for (Path file : left) {
      removeFolder(file);
    }
  }

  /// Who was filling a folder and is gone; empty if nobody was.
  public static Optional<OwnerTag> left(Path folder) {
    return OwnerTag.find(folder.getFileName().toString()).filter(OwnerTag::isStale);
  }

  /// Pins all in a folder that is there.
  public void pinInto(Path folder) {
    parts.forEach((name, part) -> KernelPins.pin(part, folder.resolve(name), "`" + name + "`"));
  }

  /// The kernel replaces an empty folder silently; anything else that is there it leaves.
  private static void rename(Path filled, Path folder) throws IOException {
    Files.move(filled, folder, StandardCopyOption.ATOMIC_MOVE);
  }

  /// Removes a folder of pins, and the folders in it; no error if it is not there.
  public static void removeFolder(Path folder) throws IOException {
    if (!Files.isDirectory(folder)) {
      return;
    }
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.toList()) {
        if (Files.isDirectory(file, LinkOption.NOFOLLOW_LINKS)) {
          removeFolder(file);
        } else {
          Files.deleteIfExists(file);
        }
      }
    }
    Files.deleteIfExists(folder);
  }
}
