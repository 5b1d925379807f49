package org.bpf4j.random;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.bpf4j.cases.Runs;
import org.bpf4j.cases.RunsParser;
import org.bpf4j.random.Differential.Failure;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What is saved of a failure is a case.
class SavedCaseTest {

  @Test
  void isReadAsACase(@TempDir Path folder) throws IOException {
    RandomClass random = Generator.generate(7, 2);
    String program = random.programs().getFirst().name();
    new SavedCase(random, new Failure(program, "kernel: rejected", "details")).write(folder);
    Path saved = folder.resolve("seed-7-kernel-rejected");
    Runs runs = RunsParser.parse(Files.readString(saved.resolve("runs.txt")));
    assertThat(runs.scenarios()).hasSize(2);
    try (Stream<Path> files = Files.list(saved)) {
      assertThat(files).hasSize(2);
    }
  }
}
