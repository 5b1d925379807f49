package org.bpf4j.examples.fault;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// A control group (version 2) of a test's own, without processes.
///
/// @param folder where it is
record OwnCgroup(Path folder) implements AutoCloseable {

  /// Makes one where such a file system is mounted.
  OwnCgroup() throws IOException {
    this(Files.createTempDirectory(mount(), "bpf4j-test-"));
  }

  private static Path mount() throws IOException {
    return Files.readAllLines(Path.of("/proc/self/mounts")).stream()
        .map(line -> line.split(" "))
        .filter(words -> words[2].equals("cgroup2"))
        .map(words -> Path.of(words[1]))
        .findFirst()
        .orElseThrow(() -> new IOException("no cgroup2 is mounted"));
  }

  @Override
  public void close() throws IOException {
    Files.delete(folder);
  }
}
