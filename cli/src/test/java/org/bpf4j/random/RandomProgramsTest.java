package org.bpf4j.random;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.bpf4j.cases.Javac;
import org.bpf4j.random.Shares.Trait;
import org.junit.jupiter.api.Test;

/// Some hundred random programs with a fixed seed; `bpf4j.random.count` and `bpf4j.random.seed` ask
/// for others.
class RandomProgramsTest {

  /// At most this share may be refused: the generator should know the language.
  private static final double REFUSED_PERCENT = 2;

  /// Without optimisation so many may need too much stack.
  private static final double DEEP_PERCENT = 1;

  @Test
  void allModesAgree() throws IOException {
    int count = Integer.getInteger("bpf4j.random.count", 240);
    long seed = Long.getLong("bpf4j.random.seed", 1);
    try (Javac javac = new Javac()) {
      RandomRun run =
          new RandomRun(new Differential(javac, RandomRun.modes()), 1, RandomRun.OBJECTS);
      for (int i = 0; i < count; i += RandomRun.PROGRAMS) {
        run.check(seed + i / RandomRun.PROGRAMS);
      }
      System.out.println(run.shares().table());
      System.out.println(run.summary());
      assertThat(run.failed()).as(run.summary() + "\n" + run.failures()).isZero();
      assertThat(run.refusedPercent()).as(run.summary()).isLessThanOrEqualTo(REFUSED_PERCENT);
      assertThat(run.deepPercent()).as(run.summary()).isLessThanOrEqualTo(DEEP_PERCENT);
      Shares shares = run.shares();
      assertThat(shares.medianStatements()).as(run.summary()).isGreaterThanOrEqualTo(60);
      assertThat(shares.medianInstructions()).as(run.summary()).isGreaterThanOrEqualTo(150);
      assertThat(shares.percent(Trait.LOOP)).as(run.summary()).isGreaterThanOrEqualTo(60);
      assertThat(shares.percent(Trait.NESTED_LOOP)).as(run.summary()).isGreaterThanOrEqualTo(20);
      assertThat(shares.percent(Trait.PACKET)).as(run.summary()).isGreaterThanOrEqualTo(40);
      assertThat(shares.percent(Trait.MAP)).as(run.summary()).isGreaterThanOrEqualTo(40);
      assertThat(shares.percent(Trait.CALL)).as(run.summary()).isGreaterThanOrEqualTo(30);
      assertThat(shares.missing()).isEmpty();
    }
  }

  @Test
  void aSeedGivesTheSameProgram() {
    assertThat(Generator.generate(7, 5).file()).isEqualTo(Generator.generate(7, 5).file());
  }
}
