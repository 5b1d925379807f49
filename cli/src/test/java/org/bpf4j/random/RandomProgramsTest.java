package org.bpf4j.random;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.bpf4j.cases.Javac;
import org.junit.jupiter.api.Test;

/// Some hundred random programs with a fixed seed; `bpf4j.random.count` and `bpf4j.random.seed` ask
/// for others.
class RandomProgramsTest {

  /// At most this share may be refused: the generator should know the language.
  private static final double REFUSED_PERCENT = 2;

  @Test
  void allModesAgree() throws IOException {
    int count = Integer.getInteger("bpf4j.random.count", 300);
    long seed = Long.getLong("bpf4j.random.seed", 1);
    try (Javac javac = new Javac()) {
      RandomRun run =
          new RandomRun(new Differential(javac, RandomRun.modes()), 1, RandomRun.OBJECTS);
      for (int i = 0; i < count; i += RandomRun.PROGRAMS) {
        run.check(seed + i / RandomRun.PROGRAMS);
      }
      System.out.println(run.summary());
      assertThat(run.failed()).as(run.summary() + "\n" + run.failures()).isZero();
      assertThat(run.refusedPercent()).as(run.summary()).isLessThanOrEqualTo(REFUSED_PERCENT);
    }
  }

  @Test
  void aSeedGivesTheSameProgram() {
    assertThat(Generator.generate(7, 5).file()).isEqualTo(Generator.generate(7, 5).file());
  }
}
