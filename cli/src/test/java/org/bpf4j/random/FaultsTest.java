package org.bpf4j.random;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.bpf4j.cases.Javac;
import org.junit.jupiter.api.Test;

/// Random programs find faults that are put between the stages of the compiler: here some, all of
/// them in [Faults#main].
class FaultsTest {

  private static final int PROGRAMS = 100;

  @Test
  void someAreFound() throws IOException {
    try (Javac javac = new Javac()) {
      Faults faults = new Faults(javac, Fault.some());
      faults.search(PROGRAMS);
      assertThat(faults.left()).as("not found in " + PROGRAMS + " programs").isEmpty();
    }
  }

  @Test
  void thereAreHundred() {
    assertThat(Fault.all()).hasSizeGreaterThanOrEqualTo(100);
  }
}
