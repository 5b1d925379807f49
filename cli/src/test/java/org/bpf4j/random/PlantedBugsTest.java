package org.bpf4j.random;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.bpf4j.cases.Javac;
import org.bpf4j.cases.Mode;
import org.junit.jupiter.api.Test;

/// Random programs are worth something only if they notice: each deliberate bug, planted alone, is
/// found by comparing with the JVM, in fewer programs than are usually run.
class PlantedBugsTest {

  private static final int PROGRAMS = 5_000;

  @Test
  void eachIsFound() throws IOException {
    List<PlantedBug> left = new ArrayList<>(List.of(PlantedBug.values()));
    try (Javac javac = new Javac()) {
      Differential differential = new Differential(javac, List.of(Mode.JVM, Mode.VM));
      for (int seed = 0; !left.isEmpty() && seed * RandomRun.PROGRAMS < PROGRAMS; seed++) {
        RandomClass generated = Generator.generate(seed, RandomRun.PROGRAMS);
        for (PlantedBug found : differential.noticed(generated, left)) {
          System.out.println(
              found + " is found in " + (seed + 1) * RandomRun.PROGRAMS + " programs");
          left.remove(found);
        }
      }
    }
    assertThat(left).as("not found in " + PROGRAMS + " programs").isEmpty();
  }
}
