package org.bpf4j.examples.guest;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.bpf4j.object.ProgramKind;
import org.junit.jupiter.api.Test;

/// Guests see running what the documentation says that they do: whatever no test of the host sees.
class GuestChecksTest {

  private static final String ROW = "| in guests | ";
  private static final int PROGRAMS = 2;
  private static final int MAPS = 3;

  /// The names in a column of the row.
  private static List<String> documented(int column) throws IOException {
    return Files.readAllLines(Path.of("../docs/kernels.md")).stream()
        .filter(line -> line.startsWith(ROW))
        .map(line -> line.split("\\|")[column])
        .flatMap(cell -> Arrays.stream(cell.split("[`@ ]+")))
        .filter(name -> !name.isEmpty())
        .toList();
  }

  @Test
  void programsThatTheHostDoesNotSee() throws IOException {
    assertThat(documented(PROGRAMS)).contains("Fentry", "NetkitPeer");
    assertThat(
            GuestMain.checks()
                .flatMap(check -> check.fires().stream())
                .map(ProgramKind::annotation))
        .containsAll(documented(PROGRAMS));
  }

  @Test
  void mapsThatTheHostDoesNotShare() throws IOException {
    assertThat(documented(MAPS)).contains("inode_storage");
    assertThat(
            GuestMain.checks()
                .flatMap(check -> check.shares().stream())
                .map(kind -> kind.name().toLowerCase(Locale.ROOT)))
        .containsAll(documented(MAPS));
  }
}
