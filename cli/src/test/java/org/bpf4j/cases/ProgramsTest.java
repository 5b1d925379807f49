package org.bpf4j.cases;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/// The programs that people write first with other tools, each as one would write it here.
///
/// They are cases in the folder `programs`, numbered; a number may have several, since some are
/// known in several forms. They load in this machine's kernel like all cases, and, those that it
/// has no hook for too, in those of the guests, which load the objects of all cases.
class ProgramsTest {

  /// As many as the survey of such programs in libbpf-bootstrap, bcc, cilium/ebpf, aya and the XDP
  /// tutorial distinguishes.
  private static final int PROGRAMS = 32;

  private static final Map<String, List<Case>> NUMBERED =
      Case.accepted().stream()
          .filter(c -> c.name().startsWith("programs/"))
          .filter(c -> c.name().matches("programs/\\d\\d-.*"))
          .collect(
              Collectors.groupingBy(
                  c -> c.name().replaceAll("\\D", "").substring(0, 2),
                  TreeMap::new,
                  Collectors.toList()));

  @Test
  void allAreThere() {
    assumeThat(System.getProperty("case")).as("some cases were chosen").isNull();
    assertThat(NUMBERED.keySet())
        .containsExactlyElementsOf(
            IntStream.rangeClosed(1, PROGRAMS).mapToObj("%02d"::formatted).toList());
  }

  @Test
  void eachSaysWhatItIsFor() {
    for (Case program : NUMBERED.values().stream().flatMap(List::stream).toList()) {
      String source = Case.text(program.sources().getFirst());
      assertThat(source.substring(0, source.indexOf("@Bpf"))).as(program.name()).contains("///");
    }
  }

  @Test
  void mostLoadHere() {
    List<String> elsewhere =
        NUMBERED.values().stream()
            .flatMap(List::stream)
            .filter(program -> program.runs().notHere().isPresent())
            .map(program -> program.name() + ": " + program.runs().notHere().orElseThrow())
            .toList();
    System.out.println("programs that only other kernels load: " + elsewhere);
    assertThat(elsewhere).hasSizeLessThan(PROGRAMS / 4);
  }
}
