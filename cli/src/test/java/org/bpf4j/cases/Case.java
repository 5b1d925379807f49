package org.bpf4j.cases;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// A directory of cases: the user's Java files, and what is expected of them.
///
/// The system property `case` chooses cases by a pattern such as `xdp/*`.
///
/// @param name its path below the root, such as `xdp/swap-addresses`
/// @param directory where it lies
record Case(String name, Path directory) {

  /// The root of all cases.
  static final Path ROOT = Path.of(System.getProperty("bpf4j.cases", "src/test/cases"));

  private static final String REJECT = "reject";

  /// The cases that compile.
  static List<Case> accepted() {
    return find(name -> !name.startsWith(REJECT + "/"));
  }

  /// The cases that are refused.
  static List<Case> rejected() {
    return find(name -> name.startsWith(REJECT + "/"));
  }

  private static List<Case> find(java.util.function.Predicate<String> wanted) {
    PathMatcher chosen =
        FileSystems.getDefault().getPathMatcher("glob:" + System.getProperty("case", "**"));
    try (Stream<Path> areas = Files.walk(ROOT, 2)) {
      return areas
          .filter(path -> ROOT.relativize(path).getNameCount() == 2 && Files.isDirectory(path))
          .map(path -> new Case(ROOT.relativize(path).toString(), path))
          .filter(c -> wanted.test(c.name) && chosen.matches(Path.of(c.name)))
          .sorted(java.util.Comparator.comparing(Case::name))
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// The Java files.
  List<Path> sources() {
    try (Stream<Path> files = Files.list(directory)) {
      return files.filter(file -> file.toString().endsWith(".java")).sorted().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// Another file of the case, if it is there.
  Optional<Path> file(String fileName) {
    return Optional.of(directory.resolve(fileName)).filter(Files::exists);
  }

  /// The text of a file.
  static String text(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// What the programs do.
  ///
  /// @throws IllegalArgumentException naming the line of `runs.txt` that is not understood
  Runs runs() {
    Path file = directory.resolve("runs.txt");
    try {
      return RunsParser.parse(text(file));
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(file + ": " + e.getMessage(), e);
    }
  }

  @Override
  public String toString() {
    return name;
  }
}
