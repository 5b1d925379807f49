package org.bpf4j.examples;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/// A `main` in a JVM of its own, which can be killed.
public final class ChildJvm implements AutoCloseable {

  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final Process process;
  private final List<String> lines = new ArrayList<>();
  private boolean ended;

  /// Starts a `main`.
  ///
  /// @param wrapper what stands before `java`, such as `ip netns exec NAME`
  public ChildJvm(List<String> wrapper, Class<?> main, String... arguments) throws IOException {
    List<String> command = new ArrayList<>(wrapper);
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(
        List.of(
            "--enable-native-access=ALL-UNNAMED",
            "-XX:TieredStopAtLevel=1",
            "-XX:+UseSerialGC",
            "-classpath",
            System.getProperty("java.class.path"),
            main.getName()));
    command.addAll(List.of(arguments));
    process = new ProcessBuilder(command).redirectErrorStream(true).start();
    Thread.ofPlatform().daemon().start(this::read);
  }

  private void read() {
    try (BufferedReader reader = process.inputReader(StandardCharsets.UTF_8)) {
      for (String line = reader.readLine(); line != null; line = reader.readLine()) {
        synchronized (lines) {
          lines.add(line);
          lines.notifyAll();
        }
      }
    } catch (IOException e) {
      synchronized (lines) {
        lines.add("reading failed: " + e);
      }
    } finally {
      synchronized (lines) {
        ended = true;
        lines.notifyAll();
      }
    }
  }

  /// The number of the process; a wrapper that replaces itself by `java` keeps it.
  public long pid() {
    return process.pid();
  }

  /// Waits for a line of its output and returns it.
  ///
  /// @throws AssertionError if it does not come
  public String await(Predicate<String> wanted) throws InterruptedException {
    return await(wanted, PATIENCE);
  }

  /// Waits that long for a line of its output and returns it.
  ///
  /// @throws AssertionError if it does not come
  public String await(Predicate<String> wanted, Duration patience) throws InterruptedException {
    long end = System.nanoTime() + patience.toNanos();
    synchronized (lines) {
      while (true) {
        for (String line : lines) {
          if (wanted.test(line)) {
            return line;
          }
        }
        long left = TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime());
        if (ended || left <= 0) {
          throw new AssertionError("the line did not come; there are\n" + String.join("\n", lines));
        }
        lines.wait(left);
      }
    }
  }

  /// The last line of its output so far that is wanted, or `""`.
  public String latest(Predicate<String> wanted) {
    synchronized (lines) {
      return lines.stream().filter(wanted).reduce("", (_, line) -> line);
    }
  }

  /// The lines of its output so far that are wanted.
  public List<String> all(Predicate<String> wanted) {
    synchronized (lines) {
      return lines.stream().filter(wanted).toList();
    }
  }

  /// Writes a line to its input.
  public void send(String line) throws IOException {
    process.getOutputStream().write((line + "\n").getBytes(StandardCharsets.UTF_8));
    process.getOutputStream().flush();
  }

  /// Ends its input.
  public void endInput() throws IOException {
    process.getOutputStream().close();
  }

  /// Waits for its end and returns the exit status.
  public int await() throws InterruptedException {
    if (!process.waitFor(PATIENCE)) {
      throw new AssertionError("the process does not end");
    }
    return process.exitValue();
  }

  /// Kills it by SIGKILL and waits for its end.
  public void kill() throws InterruptedException {
    process.destroyForcibly().waitFor();
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }
}
