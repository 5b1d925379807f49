package org.bpf4j.fault;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/// What this process holds of the kernel: its descriptors, by what they stand for.
///
/// @param descriptors how many there are of each sort
record Remains(Map<String, Integer> descriptors) {

  private static final Path OPEN = Path.of("/proc/self/fd");

  /// What is held now.
  static Remains now() {
    Map<String, Integer> found = new TreeMap<>();
    try (Stream<Path> files = Files.list(OPEN)) {
      for (Path file : files.toList()) {
        sort(file).ifPresent(sort -> found.merge(sort, 1, Integer::sum));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return new Remains(found);
  }

  /// Nothing for the one by which the directory itself is read.
  private static Optional<String> sort(Path file) {
    try {
      String target = Files.readSymbolicLink(file).toString();
      return target.startsWith("/proc/")
          ? Optional.empty()
          : Optional.of(target.replaceAll("\\d+", "N"));
    } catch (IOException _) {
      return Optional.empty();
    }
  }

  /// The descriptors of a sort that belong to BPF.
  int count(String sort) {
    return descriptors.getOrDefault(sort, 0);
  }

  /// Descriptors that were not there then.
  List<String> more() {
    return now().descriptors.entrySet().stream()
        .filter(entry -> entry.getValue() > count(entry.getKey()))
        .map(entry -> entry.getKey() + ": " + count(entry.getKey()) + " to " + entry.getValue())
        .toList();
  }

  /// What is closed while a slow call uses it is freed a moment later.
  void assertNothingMore() throws InterruptedException {
    for (int tries = 0; tries < 100 && !more().isEmpty(); tries++) {
      Thread.sleep(50);
    }
    assertThat(more()).as("open descriptors").isEmpty();
  }
}
