package org.bpf4j.attach;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.bpf4j.kernel.NoSuchTargetException;
import org.bpf4j.sys.KernelFiles;
import org.bpf4j.sys.NearNames;
import org.jspecify.annotations.Nullable;

/// Where executables and libraries are.
///
/// A path is one in the root directory of the process that is asked for, which may be a
/// container's; so are the directories in which a name is looked for. A name is first one of the
/// files that the process runs, then what `ld.so(8)` would load or a shell would run: it is looked
/// for in `LD_LIBRARY_PATH` or `PATH` of this process, in the directories of `ld.so.conf`, and in
/// the usual ones. Only 64-bit files count there.
final class Binaries {

  /// Where libraries are, by `ld.so(8)`, and by Debian's and others' paths for each architecture.
  private static final List<String> LIBRARIES =
      List.of(
          "/lib/x86_64-linux-gnu",
          "/usr/lib/x86_64-linux-gnu",
          "/lib/aarch64-linux-gnu",
          "/usr/lib/aarch64-linux-gnu",
          "/lib64",
          "/usr/lib64",
          "/lib",
          "/usr/lib",
          "/usr/local/lib");

  private static final List<String> EXECUTABLES =
      List.of("/usr/local/sbin", "/usr/local/bin", "/usr/sbin", "/usr/bin", "/sbin", "/bin");

  /// How deep files of `ld.so.conf` may include each other.
  private static final int MOST_INCLUDES = 8;

  /// `\x7fELF`, 64 bits.
  private static final byte[] MAGIC = {0x7f, 'E', 'L', 'F', 2};

  private final String binary;
  private final long process;
  private final String root;

  private Binaries(String binary, long process) {
    this.binary = binary;
    this.process = process;
    this.root = process < 0 ? "" : root(process);
  }

  /// The file of a path or name.
  ///
  /// @param process the process in which it is to be, or −1 for any
  /// @throws NoSuchTargetException if there is none
  static Path find(String binary, long process) {
    return new Binaries(binary, process).find();
  }

  private Path find() {
    if (process >= 0 && !Files.exists(Path.of("/proc", Long.toString(process)))) {
      throw new NoSuchTargetException("process " + process, List.of());
    }
    return places()
        .flatMap(this::inRoot)
        .filter(Files::isRegularFile)
        .filter(file -> isPath() || is64Bits(file))
        .findFirst()
        .orElseThrow(this::missing);
  }

  private boolean isPath() {
    return binary.contains("/");
  }

  private Stream<String> places() {
    return isPath()
        ? Stream.of(binary)
        : Stream.concat(mapped(), directories().map(directory -> directory + "/" + binary));
  }

  private Stream<String> directories() {
    Stream<String> libraries =
        Stream.of(listed("LD_LIBRARY_PATH"), configured().stream(), LIBRARIES.stream())
            .flatMap(all -> all);
    Stream<String> executables = Stream.concat(listed("PATH"), EXECUTABLES.stream());
    boolean library = binary.endsWith(".so") || binary.contains(".so.");
    return (library ? Stream.concat(libraries, executables) : Stream.concat(executables, libraries))
        .distinct();
  }

  private static Stream<String> listed(String variable) {
    String value = System.getenv(variable);
    return value == null
        ? Stream.of()
        : Arrays.stream(value.split("[:;]")).filter(directory -> !directory.isEmpty());
  }

  /// The directories of `/etc/ld.so.conf` and the files that it includes.
  private Set<String> configured() {
    Set<String> directories = new LinkedHashSet<>();
    addConfigured(Path.of(root + "/etc/ld.so.conf"), directories, 0);
    return directories;
  }

  private void addConfigured(Path file, Set<String> directories, int depth) {
    for (String line : KernelFiles.text(file).orElse("").lines().toList()) {
      String text = line.replaceFirst("#.*", "").strip();
      if (text.startsWith("include ") && depth < MOST_INCLUDES) {
        included(text.substring("include ".length()).strip())
            .forEach(other -> addConfigured(other, directories, depth + 1));
      } else if (text.startsWith("/")) {
        directories.add(text);
      }
    }
  }

  /// A pattern is for the names of a directory.
  private List<Path> included(String pattern) {
    Path all = Path.of(root + (pattern.startsWith("/") ? pattern : "/etc/" + pattern));
    Path directory = all.getParent();
    Path names = all.getFileName();
    if (directory == null || names == null) {
      return List.of();
    }
    try (DirectoryStream<Path> files = Files.newDirectoryStream(directory, names.toString())) {
      return Stream.of(files).flatMap(Binaries::sorted).toList();
    } catch (IOException _) {
      return List.of();
    }
  }

  private static Stream<Path> sorted(Iterable<Path> files) {
    Set<Path> all = new java.util.TreeSet<>();
    files.forEach(all::add);
    return all.stream();
  }

  /// The files of that name that the process runs.
  private Stream<String> mapped() {
    return process < 0
        ? Stream.of()
        : KernelFiles.text(Path.of("/proc/" + process + "/maps"))
            .orElse("")
            .lines()
            .filter(line -> line.endsWith("/" + binary))
            .map(line -> line.substring(line.indexOf('/')))
            .distinct();
  }

  /// In the process's root directory, if that is another one than ours, and in ours.
  private Stream<Path> inRoot(String place) {
    try {
      return root.isEmpty() || !place.startsWith("/")
          ? Stream.of(Path.of(place))
          : Stream.of(Path.of(root + place), Path.of(place));
    } catch (InvalidPathException _) {
      return Stream.of();
    }
  }

  /// `/proc/PID/root` of a process with other mounts than ours, else `""`.
  private static String root(long process) {
    Optional<String> own = mounts("self");
    Optional<String> other = mounts(Long.toString(process));
    return own.isEmpty() || other.isEmpty() || own.equals(other)
        ? ""
        : "/proc/" + process + "/root";
  }

  private static Optional<String> mounts(String process) {
    try {
      return Optional.of(Files.readSymbolicLink(Path.of("/proc", process, "ns/mnt")).toString());
    } catch (IOException _) {
      return Optional.empty();
    }
  }

  private static boolean is64Bits(Path file) {
    try (InputStream in = Files.newInputStream(file)) {
      return Arrays.equals(in.readNBytes(MAGIC.length), MAGIC);
    } catch (IOException _) {
      return false;
    }
  }

  private NoSuchTargetException missing() {
    return new NoSuchTargetException(
        "executable or library " + binary + (process < 0 ? "" : " for process " + process),
        isPath() ? beside() : NearNames.of(binary, directories().flatMap(this::names)));
  }

  private List<String> beside() {
    Path path = Path.of(binary);
    Path directory = path.getParent();
    Path name = path.getFileName();
    return directory == null || name == null
        ? List.of()
        : NearNames.of(name.toString(), names(directory.toString())).stream()
            .map(near -> directory.resolve(near).toString())
            .toList();
  }

  private Stream<String> names(String directory) {
    @Nullable String[] names = Path.of(root + directory).toFile().list();
    return names == null ? Stream.of() : Arrays.stream(names).map(String::valueOf);
  }
}
