package org.bpf4j.attach;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.bpf4j.kernel.NotPermittedException;
import org.bpf4j.sys.Descriptor;
import org.bpf4j.sys.Mounts;
import org.bpf4j.sys.NearNames;
import org.jspecify.annotations.Nullable;

/// The kernel's tracing files.
final class TraceFs {

  private static final List<Path> MOUNTS =
      List.of(Path.of("/sys/kernel/tracing"), Path.of("/sys/kernel/debug/tracing"));

  private static @Nullable Descriptor own;

  private TraceFs() {}

  /// Where they are mounted, or else a mount of our own that nobody else sees.
  static Path root() {
    return MOUNTS.stream()
        .filter(mount -> Files.isDirectory(mount.resolve("events")))
        .findFirst()
        .orElseGet(TraceFs::ownRoot);
  }

  /// Kept as long as the process lives: a detached mount is reached through its descriptor.
  private static synchronized Path ownRoot() {
    Descriptor mount = own;
    if (mount == null) {
      try {
        mount = Mounts.open("tracefs");
      } catch (NotPermittedException e) {
        throw hidden().orElse(e);
      }
      own = mount;
    }
    return Path.of("/proc/self/fd/" + mount.number());
  }

  /// Where they are mounted they are the superuser's, unless the mount says otherwise.
  private static Optional<NotPermittedException> hidden() {
    return MOUNTS.stream()
        .filter(mount -> Files.isDirectory(mount) && !Files.isReadable(mount))
        .findFirst()
        .map(
            mount ->
                new NotPermittedException(
                    "reading the tracepoints in " + mount,
                    "it is not for this user to read: it takes CAP_DAC_READ_SEARCH, or a group that"
                        + " may (`mount -o remount,mode=750,gid=GROUP "
                        + mount
                        + "`)"));
  }

  /// The first line of a file.
  static String read(Path file) {
    try {
      return Files.readString(file).strip();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + file, e);
    }
  }

  /// The names of the directories in a directory; none if it cannot be read.
  static List<String> names(Path directory) {
    try (Stream<Path> files = Files.list(directory)) {
      return files.filter(Files::isDirectory).map(file -> file.getFileName().toString()).toList();
    } catch (IOException _) {
      return List.of();
    }
  }

  /// The names in a directory that are like a name; none if it cannot be read.
  static List<String> namesLike(Path directory, String name) {
    return NearNames.of(name, names(directory).stream());
  }
}
