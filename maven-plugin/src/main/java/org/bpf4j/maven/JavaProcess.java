package org.bpf4j.maven;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.apache.maven.plugin.MojoExecutionException;
import org.apache.maven.plugin.MojoFailureException;
import org.apache.maven.plugin.logging.Log;

/// A run of `java` that must end well. Its standard input is at its end from the beginning.
record JavaProcess(Jdk jdk, Log log) {

  /// Runs it.
  ///
  /// @param what what runs, for messages
  /// @return what it printed
  /// @throws MojoFailureException if it ends with another status than 0, with what it printed
  List<String> run(String what, List<String> arguments)
      throws MojoExecutionException, MojoFailureException {
    List<String> command = new ArrayList<>(List.of(jdk.java().toString()));
    command.addAll(arguments);
    log.debug(String.join(" ", command));
    try {
      Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
      process.getOutputStream().close();
      List<String> output = read(process);
      int status = process.waitFor();
      if (status != 0) throw new MojoFailureException(failure(what, status, output));
      return output;
    } catch (IOException e) {
      throw new MojoExecutionException("cannot run " + jdk.java(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new MojoExecutionException("interrupted", e);
    }
  }

  private static List<String> read(Process process) throws IOException {
    try (BufferedReader output = process.inputReader(StandardCharsets.UTF_8)) {
      return output.lines().toList();
    }
  }

  private static String failure(String what, int status, List<String> output) {
    if (output.isEmpty()) return what + " ended with status " + status;
    return String.join(System.lineSeparator(), output);
  }
}
