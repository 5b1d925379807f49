package org.bpf4j.compiler;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;

/// Cases as text files: sections that begin with a line `-- name`, the last of which, `out`, is
/// what the test makes of the others.
///
/// With `-Dbless` expectations are rewritten instead of compared.
public final class Cases {
  private static final Path ROOT = Path.of("src", "test", "cases");

  private Cases() {}

  /// What a test makes of a case's sections.
  public interface Subject {
    /// The text of the section `out`.
    String run(Map<String, String> sections);
  }

  /// A test for each file of a directory.
  public static List<DynamicTest> in(String directory, Subject subject) throws IOException {
    try (Stream<Path> files = Files.list(ROOT.resolve(directory))) {
      List<DynamicTest> tests =
          files
              .sorted()
              .map(
                  file ->
                      DynamicTest.dynamicTest(
                          file.getFileName().toString(), () -> check(file, subject)))
              .toList();
      assertThat(tests).isNotEmpty();
      return tests;
    }
  }

  private static void check(Path file, Subject subject) {
    try {
      Map<String, String> sections = sections(Files.readString(file));
      String expected = sections.getOrDefault("out", "");
      String actual = subject.run(sections);
      if (Boolean.getBoolean("bless")) {
        sections.put("out", actual);
        Files.writeString(
            file,
            sections.entrySet().stream()
                .map(s -> "-- " + s.getKey() + "\n" + s.getValue())
                .collect(Collectors.joining()));
      } else {
        assertThat(actual).isEqualTo(expected);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Map<String, String> sections(String text) {
    Map<String, String> sections = new LinkedHashMap<>();
    String current = "";
    for (String line : text.lines().toList()) {
      if (line.startsWith("-- ")) {
        current = line.substring(3).strip();
        sections.put(current, "");
      } else {
        sections.merge(current, line + "\n", String::concat);
      }
    }
    return sections;
  }
}
