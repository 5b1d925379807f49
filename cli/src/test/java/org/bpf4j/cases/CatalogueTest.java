package org.bpf4j.cases;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.bpf4j.compiler.diagnostic.Code;
import org.junit.jupiter.api.Test;

/// Codes, their pages under `docs/diagnostics` and the cases under `reject` are the same set.
class CatalogueTest {

  private static final Path PAGES =
      Path.of(System.getProperty("bpf4j.root", ".."), "docs", "diagnostics");

  /// Said only when the compiler's own output is rejected, so no Java provokes it on purpose.
  private static final Code OWN_OUTPUT = Code.BPF4001;

  private static Set<String> codes() {
    return Stream.of(Code.values()).map(Code::id).collect(Collectors.toCollection(TreeSet::new));
  }

  @Test
  void everyCodeHasACase() {
    Set<String> cases =
        Case.rejected().stream()
            .flatMap(rejected -> RejectTest.expected(rejected).stream())
            .map(expected -> expected.code().id())
            .collect(Collectors.toCollection(TreeSet::new));
    cases.add(OWN_OUTPUT.id());
    assertThat(cases).isEqualTo(codes());
  }

  @Test
  void everyCodeHasAPage() throws IOException {
    try (Stream<Path> pages = Files.list(PAGES)) {
      Set<String> named =
          pages
              .map(page -> page.getFileName().toString())
              .filter(name -> name.startsWith("BPF"))
              .map(name -> name.replace(".md", ""))
              .collect(Collectors.toCollection(TreeSet::new));
      assertThat(named).isEqualTo(codes());
    }
  }
}
