package org.bpf4j.hooks;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/// Runs commands.
final class Shell {

  /// How long a command may take; on machines that are emulated it takes that long to start one.
  static final Duration PATIENCE = Duration.ofSeconds(Boolean.getBoolean("bpf4j.made") ? 120 : 20);

  private Shell() {}

  /// What a command did.
  record Result(int status, String output) {}

  /// Runs a command and waits for its end.
  static Result run(Duration patience, String... command) throws IOException, InterruptedException {
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    process.getOutputStream().close();
    if (!process.waitFor(patience.toMillis(), TimeUnit.MILLISECONDS)) {
      process.destroyForcibly();
      throw new AssertionError(String.join(" ", command) + " does not end");
    }
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    return new Result(process.exitValue(), output);
  }

  /// Runs a command that must succeed.
  static String must(String... command) throws IOException, InterruptedException {
    Result result = run(PATIENCE, command);
    if (result.status() != 0) {
      throw new AssertionError(String.join(" ", command) + ": " + result.output());
    }
    return result.output();
  }
}
