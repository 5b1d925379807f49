package org.bpf4j.random;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.bpf4j.cases.Javac;
import org.bpf4j.cases.Mode;
import org.bpf4j.random.Differential.Failure;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Random programs are worth something only if they notice: each deliberate bug is found, by
/// comparing with the JVM, in far fewer programs than are usually run.
class PlantedBugsTest {

  private static final int PROGRAMS = 5_000;
  private static final List<Mode> MODES = List.of(Mode.JVM, Mode.VM);

  @ParameterizedTest
  @EnumSource
  void isFound(PlantedBug bug) throws IOException {
    try (Javac javac = new Javac()) {
      Differential planted = new Differential(javac, MODES, bug);
      Differential clean = new Differential(javac, MODES);
      Optional<Failure> found = Optional.empty();
      int programs = 0;
      while (found.isEmpty() && programs < PROGRAMS) {
        RandomClass generated = Generator.generate(programs, RandomRun.PROGRAMS);
        found =
            planted
                .firstDifference(generated)
                .filter(failure -> isClean(clean, generated, failure));
        programs += RandomRun.PROGRAMS;
      }
      assertThat(found).as("%s in %d programs", bug, programs).isPresent();
    }
  }

  /// Whether the program does what it should without the bug.
  private static boolean isClean(Differential clean, RandomClass generated, Failure failure) {
    return clean.check(generated.only(Set.of(failure.program()))).failures().isEmpty();
  }
}
