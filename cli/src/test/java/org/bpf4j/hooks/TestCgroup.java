package org.bpf4j.hooks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.bpf4j.cases.KernelUse;
import org.bpf4j.handle.Hook;
import org.bpf4j.object.ProgramFamily;

/// A cgroup (version 2) of a test's own, in which its commands run.
final class TestCgroup implements AutoCloseable {

  private final Path directory;

  private TestCgroup(Path directory) {
    this.directory = directory;
  }

  /// Makes one; aborts the test where the kernel is not to be used or no such file system is
  /// mounted.
  static TestCgroup create() throws IOException {
    KernelUse.current().check();
    Optional<Path> root =
        Files.readAllLines(Path.of("/proc/self/mounts")).stream()
            .map(line -> line.split(" "))
            .filter(words -> words[2].equals("cgroup2"))
            .map(words -> Path.of(words[1]))
            .findFirst();
    if (root.isEmpty()) {
      KernelUse.current().lacks("no mounted cgroup2");
    }
    return new TestCgroup(Files.createTempDirectory(root.orElseThrow(), "bpf4j-test-"));
  }

  /// The hook of programs for packets.
  Hook packets() {
    return new Hook.Cgroup(directory, ProgramFamily.CGROUP_SKB);
  }

  /// The hook of the other programs.
  Hook hook() {
    return new Hook.Cgroup(directory, ProgramFamily.CGROUP);
  }

  /// The group's folder.
  Path directory() {
    return directory;
  }

  /// The group's number: that of its folder's inode.
  long number() throws IOException {
    return (long) Files.getAttribute(directory, "unix:ino");
  }

  /// Runs a script of bash in the cgroup.
  Shell.Result run(String script) throws IOException, InterruptedException {
    String enter = "echo $$ > " + directory.resolve("cgroup.procs") + " && ";
    return Shell.run(Shell.PATIENCE, "bash", "-c", enter + script);
  }

  /// The processes that ran in it may take a moment to leave.
  @Override
  public void close() throws IOException {
    for (int tries = 0; ; tries++) {
      try {
        Files.delete(directory);
        return;
      } catch (IOException e) {
        if (tries == 100) {
          throw e;
        }
        try {
          Thread.sleep(20);
        } catch (InterruptedException _) {
          Thread.currentThread().interrupt();
          throw e;
        }
      }
    }
  }
}
