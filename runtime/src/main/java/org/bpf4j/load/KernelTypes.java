package org.bpf4j.load;

import java.io.EOFException;
import java.io.FileInputStream;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.ref.SoftReference;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.bpf4j.btf.BtfNames;
import org.bpf4j.core.CoreCandidates;
import org.bpf4j.kernel.UnsupportedFeatureException;
import org.bpf4j.object.KernelVersion;
import org.bpf4j.sys.KernelFiles;

/// The running kernel's own types, read when a relocation first asks for them, and those of its
/// modules, read when a relocation asks for what the kernel itself lacks.
///
/// They are some 10 MB, and the kernel's do not change while the machine runs, so they are kept as
/// long as memory allows. Modules come and go: theirs are kept as long as the list is the same.
final class KernelTypes {

  private static final Path FOLDER = Path.of("/sys/kernel/btf");

  private static final Path VMLINUX = FOLDER.resolve("vmlinux");

  /// How many bytes are asked for at once: what the JDK reads without memory of its own.
  private static final int PIECE = 8192;

  /// What descriptions in programs may mean: types of the kernel, else of its modules.
  static final CoreCandidates CANDIDATES =
      ((CoreCandidates) (local, id) -> CoreCandidates.in(described()).of(local, id))
          .or(
              (local, id) ->
                  modules().stream()
                      .flatMap(module -> CoreCandidates.in(module).of(local, id).stream())
                      .toList());

  private static SoftReference<BtfNames> types = new SoftReference<>(null);

  private static SoftReference<Modules> modules = new SoftReference<>(null);

  private KernelTypes() {}

  /// The types of the modules that were loaded when somebody looked.
  private record Modules(List<Path> files, List<BtfNames> types) {}

  /// The types.
  static synchronized BtfNames types() {
    BtfNames known = types.get();
    if (known == null) {
      known = read();
      types = new SoftReference<>(known);
    }
    return known;
  }

  /// The types, for reads of structs, which a file may describe as well.
  private static BtfNames described() {
    if (Files.notExists(VMLINUX)) {
      throw missing(
          "relocation of kernel structs",
          "; a file that describes it can be given: `Kernel.local(path)`, `bpf4j load --btf FILE`");
    }
    return types();
  }

  private static UnsupportedFeatureException missing(String feature, String advice) {
    return new UnsupportedFeatureException(
        feature + ": it has no " + VMLINUX + " (CONFIG_DEBUG_INFO_BTF)" + advice,
        new KernelVersion(5, 4));
  }

  /// The types of all modules; each has the kernel's types as well.
  private static synchronized List<BtfNames> modules() {
    BtfNames kernel = types();
    List<Path> files = moduleFiles();
    Modules known = modules.get();
    if (known == null || !known.files().equals(files)) {
      List<BtfNames> read = new ArrayList<>();
      for (Path file : files) {
        module(file, kernel).ifPresent(read::add);
      }
      known = new Modules(files, List.copyOf(read));
      modules = new SoftReference<>(known);
    }
    return known.types();
  }

  private static List<Path> moduleFiles() {
    try (Stream<Path> files = Files.list(FOLDER)) {
      return files.filter(file -> !file.equals(VMLINUX)).sorted().toList();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot list " + FOLDER, e);
    }
  }

  /// A module's types, unless it went away.
  private static Optional<BtfNames> module(Path file, BtfNames kernel) {
    try {
      return Optional.of(BtfNames.module(KernelFiles.bytes(file), kernel));
    } catch (FileNotFoundException _) {
      return Optional.empty();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + file, e);
    }
  }

  /// The kernel hands its types out by single pages, some 1,300 of them, whatever is asked for: a
  /// short way for each makes a third of the time of [Files#readAllBytes].
  private static byte[] bytes() throws IOException {
    byte[] bytes = new byte[Math.toIntExact(Files.size(VMLINUX))];
    try (FileInputStream file = new FileInputStream(VMLINUX.toFile())) {
      for (int at = 0; at < bytes.length; ) {
        int more = file.read(bytes, at, Math.min(bytes.length - at, PIECE));
        if (more < 0) {
          throw new EOFException(VMLINUX + " ends after " + at + " bytes of " + bytes.length);
        }
        at += more;
      }
    }
    return bytes;
  }

  private static BtfNames read() {
    try {
      return BtfNames.of(bytes());
    } catch (NoSuchFileException _) {
      throw missing("programs and variables that are bound to its own types", "");
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + VMLINUX, e);
    }
  }
}
