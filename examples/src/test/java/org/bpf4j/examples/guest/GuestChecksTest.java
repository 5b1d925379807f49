package org.bpf4j.examples.guest;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Set;
import java.util.stream.Collectors;
import org.bpf4j.object.ProgramKind;
import org.junit.jupiter.api.Test;

/// Guests see running what the documentation says that they do: whatever no test of the host sees.
class GuestChecksTest {

  private static final String ROW = "| in guests | ";

  @Test
  void everyKindThatTheHostDoesNotSee() throws IOException {
    Set<String> documented =
        Files.readAllLines(Path.of("../docs/kernels.md")).stream()
            .filter(line -> line.startsWith(ROW))
            .flatMap(line -> Arrays.stream(line.substring(ROW.length()).split("[`@| ]+")))
            .filter(name -> !name.isEmpty())
            .collect(Collectors.toSet());
    Set<ProgramKind> seen =
        GuestMain.checks()
            .flatMap(check -> check.fires().stream())
            .collect(Collectors.toCollection(() -> EnumSet.noneOf(ProgramKind.class)));
    assertThat(documented).contains("Fentry", "NetkitPeer");
    assertThat(seen.stream().map(ProgramKind::annotation)).containsAll(documented);
  }
}
