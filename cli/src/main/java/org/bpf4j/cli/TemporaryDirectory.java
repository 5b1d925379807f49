package org.bpf4j.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/// A directory that is deleted, with all that is in it, when it is closed.
record TemporaryDirectory(Path path) implements AutoCloseable {

  /// Makes one.
  static TemporaryDirectory create() throws CommandFailedException {
    Path parent = Path.of(System.getProperty("java.io.tmpdir"));
    try {
      return new TemporaryDirectory(Files.createTempDirectory(parent, "bpf4j"));
    } catch (IOException e) {
      throw CommandFailedException.of(parent, e);
    }
  }

  @Override
  public void close() throws CommandFailedException {
    try (Stream<Path> found = Files.walk(path)) {
      List<Path> deepestFirst = found.sorted(Comparator.reverseOrder()).toList();
      for (Path file : deepestFirst) {
        Files.delete(file);
      }
    } catch (IOException e) {
      throw CommandFailedException.of(path, e);
    }
  }
}
