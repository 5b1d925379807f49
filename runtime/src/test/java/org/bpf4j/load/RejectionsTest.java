package org.bpf4j.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Stream;
import org.assertj.core.api.Assertions;
import org.bpf4j.kernel.Kernel;
import org.bpf4j.kernel.LoadRequest;
import org.bpf4j.kernel.RealKernel;
import org.bpf4j.kernel.RejectedException;
import org.bpf4j.object.BpfFunction;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/// What is said of [mistakes][Rejections] that kernels found: their logs, shortened, are in files
/// of `verifier` named after the kernels, each behind its mistake's name and before the message
/// that is made of it. `-Dbless=true` writes the messages anew.
class RejectionsTest {

  private static final Path FOLDER = Path.of("src/test/resources/verifier");
  private static final String NAME = "=== ";
  private static final String MESSAGE = "--- ";

  /// Mistakes of which a kernel says nothing, since it takes them.
  private static final String ACCEPTED = "accepted";

  @TestFactory
  Stream<DynamicTest> saysWhatEachKernelMeans() throws IOException {
    try (Stream<Path> files = Files.list(FOLDER)) {
      return files.sorted().toList().stream()
          .map(file -> dynamicTest(file.getFileName().toString(), () -> check(file)));
    }
  }

  private static void check(Path file) throws IOException {
    Map<String, String> logs = read(file);
    StringBuilder text = new StringBuilder();
    List<String> unexplained = new ArrayList<>();
    for (Rejections.Mistake mistake : Rejections.all()) {
      String log = logs.get(mistake.name());
      assertThat(log).as("%s in %s", mistake.name(), file).isNotNull();
      text.append(NAME).append(mistake.name()).append('\n').append(log).append('\n');
      if (!log.equals(ACCEPTED)) {
        RejectedException rejected = rejection(mistake, log);
        text.append(MESSAGE).append(rejected.getMessage()).append('\n');
        if (!rejected.explanation().contains(mistake.said())) {
          unexplained.add(mistake.name() + ": " + rejected.getMessage());
        }
      }
    }
    if (Boolean.getBoolean("bless")) {
      Files.writeString(file, text);
    }
    assertThat(unexplained).isEmpty();
    assertThat(text).hasToString(Files.readString(file));
  }

  private static RejectedException rejection(Rejections.Mistake mistake, String log) {
    BpfFunction program = mistake.object().programs().getFirst();
    return Rejection.of(
        Assembly.of(mistake.object(), program),
        new VerifierLog(log),
        Optional.empty(),
        "",
        OptionalInt.empty());
  }

  private static Map<String, String> read(Path file) throws IOException {
    Map<String, String> logs = new LinkedHashMap<>();
    for (String part : Files.readString(file).split("(?m)^" + NAME)) {
      int end = part.indexOf('\n');
      if (end > 0) {
        logs.put(
            part.substring(0, end), part.substring(end + 1).split("(?m)^" + MESSAGE)[0].strip());
      }
    }
    return logs;
  }

  /// The running kernel, whichever it is, says no less.
  @Test
  void saysWhatThisKernelMeans() {
    RealKernel.use();
    int rejected = 0;
    for (Rejections.Mistake mistake : Rejections.all()) {
      Throwable thrown =
          Assertions.catchThrowable(
              () ->
                  Kernel.local()
                      .load(LoadRequest.of(mistake.object(), RejectionsTest.class))
                      .close());
      if (thrown != null) {
        assertThat(thrown).as(mistake.name()).isInstanceOf(RejectedException.class);
        assertThat(((RejectedException) thrown).explanation())
            .as("%s: %s", mistake.name(), thrown.getMessage())
            .contains(mistake.said());
        rejected++;
      }
    }
    assertThat(rejected).isGreaterThan(35);
  }
}
