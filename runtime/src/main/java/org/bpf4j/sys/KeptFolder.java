package org.bpf4j.sys;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.bpf4j.kernel.NoSuchTargetException;

/// A folder of a BPF file system in which an object lives on between processes, version by version.
///
/// ```
/// v1, v2, …        a folder for each version: its maps, data sections and programs
/// current          a symbolic link to the version in force
/// previous         a symbolic link to the one before
/// links/PROGRAM/…  what is attached, by the names of programs
/// ```
///
/// Whoever changes something in it holds its lock, which the kernel gives back when a process dies.
/// So a version that no symbolic link names belongs to a load that did not come to its end, or to
/// one that nobody wants back, and the next one removes it.
public final class KeptFolder {

  private static final String CURRENT = "current";
  private static final String PREVIOUS = "previous";
  private static final String LINKS = "links";

  /// What a symbolic link is called until it takes the place of another one.
  private static final String NEXT = "next";

  private static final String VERSION = "v";

  /// How long the name of a link's pin is, at most, before it is told apart by a number.
  private static final int MAX_NAME = 100;

  /// `LOCK_EX` of `linux/fcntl.h`.
  private static final int EXCLUSIVE = 2;

  private final Path folder;

  private KeptFolder(Path folder) {
    this.folder = folder;
  }

  /// A folder that may not be there yet.
  public static KeptFolder at(Path folder) {
    return new KeptFolder(folder.toAbsolutePath());
  }

  /// The folder of the version in force; a folder that is not kept is it itself.
  public static Path inForce(Path folder) {
    return at(folder).current().orElse(folder);
  }

  /// Its path.
  public Path path() {
    return folder;
  }

  /// Whether it is there.
  public boolean exists() {
    return Files.isDirectory(folder);
  }

  /// Makes it, if it is not there.
  ///
  /// @throws NoSuchTargetException if it would be in no BPF file system
  public void create() {
    Path there = folder;
    while (there.getParent() != null && !Files.isDirectory(there)) {
      there = there.getParent();
    }
    if (!KernelPins.isBpf(there)) {
      throw new NoSuchTargetException(
          "BPF file system at " + folder,
          MountTable.folders("bpf").stream().map(mount -> "one at " + mount).toList());
    }
    change(() -> Files.createDirectories(folder.resolve(LINKS)));
  }

  /// Keeps others from changing it until the lock is closed; waits for those who do.
  ///
  /// @throws org.bpf4j.kernel.BpfException if it is not there
  public Descriptor lock() {
    Descriptor lock = Descriptor.open(folder);
    try {
      long result = Native.call(SystemCall.FLOCK, lock.number(), EXCLUSIVE, 0, 0, 0, 0);
      while (Errno.EINTR.is(result)) {
        result = Native.call(SystemCall.FLOCK, lock.number(), EXCLUSIVE, 0, 0, 0, 0);
      }
      Failure.check(result, "locking " + folder);
      return lock;
    } catch (RuntimeException | Error e) {
      lock.close();
      throw e;
    }
  }

  /// The folder of the version in force.
  public Optional<Path> current() {
    return version(CURRENT);
  }

  /// The folder of the version before, if it was not removed.
  public Optional<Path> previous() {
    return version(PREVIOUS);
  }

  private Optional<Path> version(String name) {
    try {
      return Optional.of(folder.resolve(Files.readSymbolicLink(folder.resolve(name))))
          .filter(Files::isDirectory);
    } catch (IOException _) {
      return Optional.empty();
    }
  }

  /// A new empty folder for a version; its number is greater than those of all that are there.
  public Path newVersion() {
    int newest =
        list(folder, this::isVersion).stream().mapToInt(KeptFolder::number).max().orElse(0);
    Path version = folder.resolve(VERSION + (newest + 1));
    change(() -> Files.createDirectory(version));
    return version;
  }

  private boolean isVersion(Path path) {
    return path.getFileName().toString().matches(VERSION + "\\d{1,9}");
  }

  private static int number(Path version) {
    return Integer.parseInt(version.getFileName().toString().substring(VERSION.length()));
  }

  /// Removes the versions that are neither in force nor the one before, but for one.
  public void reclaim(Path but) {
    for (Path version : list(folder, this::isVersion)) {
      if (!version.equals(but)
          && !current().filter(version::equals).isPresent()
          && !previous().filter(version::equals).isPresent()) {
        change(() -> PinnedParts.removeFolder(version));
      }
    }
  }

  /// Puts a version in force; the one that was becomes the one before.
  public void putInForce(Path version) {
    current().filter(now -> !now.equals(version)).ifPresent(now -> point(PREVIOUS, now));
    point(CURRENT, version);
  }

  /// A symbolic link gets another target at once.
  private void point(String name, Path version) {
    change(
        () -> {
          Path next = folder.resolve(NEXT);
          Files.deleteIfExists(next);
          Files.createSymbolicLink(next, version.getFileName());
          Files.move(next, folder.resolve(name), StandardCopyOption.ATOMIC_MOVE);
        });
  }

  /// The pins of a program's links.
  public List<Path> links(String program) {
    return list(folder.resolve(LINKS).resolve(PinName.of(program)), _ -> true);
  }

  /// The names of the programs that have links, or had.
  public List<String> attached() {
    return list(folder.resolve(LINKS), _ -> true).stream()
        .map(path -> path.getFileName().toString())
        .toList();
  }

  /// Where a link of a program is pinned.
  ///
  /// @param hook what tells hooks apart
  public Path link(String program, String hook) {
    Path links = folder.resolve(LINKS).resolve(PinName.of(program));
    change(() -> Files.createDirectories(links));
    String plain = hook.replaceAll("[^A-Za-z0-9]+", "_");
    boolean whole = plain.length() <= MAX_NAME && plain.replace('_', ' ').equals(hook);
    return links.resolve(
        whole
            ? plain
            : "%s-%08x"
                .formatted(
                    plain.substring(0, Math.min(plain.length(), MAX_NAME)), hook.hashCode()));
  }

  /// Removes it with all that is in it.
  public void remove() {
    change(() -> PinnedParts.removeFolder(folder));
  }

  private interface Change {
    void make() throws IOException;
  }

  private void change(Change change) {
    try {
      change.make();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot change " + folder, e);
    }
  }

  private static List<Path> list(Path folder, Predicate<Path> wanted) {
    if (!Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(folder)) {
      return files.filter(wanted).sorted().toList();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot list " + folder, e);
    }
  }
}
