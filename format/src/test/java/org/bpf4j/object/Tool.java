package org.bpf4j.object;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;

/// Other people's programs that a test compares with; a test without them is aborted.
final class Tool {

  private Tool() {}

  /// Whether the real kernel is to be used: `-Dbpf4j.kernel` is `try` or `require`.
  static boolean kernelWanted() {
    return !System.getProperty("bpf4j.kernel", "off").equals("off");
  }

  /// Aborts the test for a reason, or fails it with `-Dbpf4j.kernel=require`.
  static void assumeKernel(boolean holds, String reason) {
    if (!holds && System.getProperty("bpf4j.kernel", "off").equals("require")) {
      throw new AssertionError("required: " + reason);
    }
    Assumptions.assumeTrue(holds, reason);
  }

  static boolean isInstalled(String name) {
    return Stream.of("/usr/bin", "/usr/sbin", "/usr/local/bin")
        .anyMatch(directory -> Files.isExecutable(Path.of(directory, name)));
  }

  /// What a program says on both outputs; fails if it fails.
  static String run(String... command) throws IOException, InterruptedException {
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (!process.waitFor(60, TimeUnit.SECONDS) || process.exitValue() != 0) {
      throw new AssertionError(String.join(" ", command) + " failed: " + output);
    }
    return output;
  }
}
