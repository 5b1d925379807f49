package org.bpf4j.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.bpf4j.compiler.diagnostic.Code;
import org.junit.jupiter.api.Test;

/// The documentation says what is there: its code is that of the sources, its links lead somewhere,
/// its tables are those of the compiler.
class DocsTest {
  private static final Pattern QUOTED =
      Pattern.compile("<!-- code: (\\S+) -->\\n```\\w+\\n(.*?)\\n```", Pattern.DOTALL);
  private static final Pattern CASE = Pattern.compile("`([a-z0-9-]+(?:/[a-z0-9-]+)+)`");
  private static final Pattern VERSION =
      Pattern.compile("<version>([^<]+)</version>\\s*<packaging>pom</packaging>");
  private static final Pattern JUNIT = Pattern.compile("<junit.version>([^<]+)</junit.version>");

  @Test
  void readmeFitsTwoScreens() throws IOException {
    assertThat(readme().text().lines().count()).isLessThanOrEqualTo(150);
  }

  /// A paragraph of quoted code stands in the source as it is, but for white space.
  @Test
  void quotedCodeIsThatOfTheSources() throws IOException {
    List<String> missing = new ArrayList<>();
    int quoted = 0;
    for (Markdown page : Markdown.all()) {
      for (MatchResult quote : QUOTED.matcher(page.text()).results().toList()) {
        String source = normalized(Files.readString(Markdown.ROOT.resolve(quote.group(1))));
        for (String paragraph : quote.group(2).split("\\n\\s*\\n")) {
          quoted++;
          if (!source.contains(normalized(paragraph))) {
            missing.add(page.file() + " quotes what " + quote.group(1) + " lacks: " + paragraph);
          }
        }
      }
    }
    assertThat(missing).isEmpty();
    assertThat(quoted).isPositive();
  }

  @Test
  void everyCodeHasAPageAndEveryPageACode() throws IOException {
    Map<String, String> titles = new TreeMap<>();
    for (Markdown page : Markdown.all()) {
      String name = page.file().getFileName().toString();
      if (name.startsWith("BPF")) {
        titles.put(name, page.title());
      }
    }
    assertThat(titles)
        .isEqualTo(
            Arrays.stream(Code.values())
                .collect(
                    Collectors.toMap(
                        code -> code.id() + ".md", code -> code.id() + ": " + code.title())));
  }

  @Test
  void linksLeadSomewhere() throws IOException {
    List<String> dead = new ArrayList<>();
    for (Markdown page : Markdown.all()) {
      for (String link : page.links()) {
        String[] parts = link.split("#", 2);
        Path target =
            parts[0].isEmpty() ? page.file() : page.file().resolveSibling(parts[0]).normalize();
        if (!Files.exists(target)
            || (parts.length == 2 && !Markdown.read(target).anchors().contains(parts[1]))) {
          dead.add(page.file() + " links to " + link);
        }
      }
    }
    assertThat(dead).isEmpty();
  }

  @Test
  void everyPageIsLinked() throws IOException {
    Set<Path> linked = new TreeSet<>();
    Set<Path> docs = new TreeSet<>();
    for (Markdown page : Markdown.all()) {
      if (page.file().startsWith(Markdown.ROOT.resolve("docs"))) {
        docs.add(page.file().normalize());
      }
      for (String link : page.links()) {
        linked.add(page.file().resolveSibling(link.split("#", 2)[0]).normalize());
      }
    }
    docs.removeAll(linked);
    assertThat(docs).isEmpty();
  }

  @Test
  void tablesAreThoseOfTheCompiler() throws IOException {
    Set<String> seen = new TreeSet<>();
    for (Markdown page : Markdown.all()) {
      seen.addAll(Tables.names(page));
      if (System.getProperty("bless") != null) {
        assertThat(System.getenv("CI")).as("tables are not blessed in CI").isNull();
        Tables.bless(page);
      } else {
        assertThat(page.text()).as(page.file().toString()).isEqualTo(Tables.rendered(page));
      }
    }
    assertThat(seen)
        .containsExactly("helpers", "library", "maps", "programs", "running", "summary");
  }

  /// Each row of the table of differences names the case that proves it.
  @Test
  void differencesAreProvedByCases() throws IOException {
    Markdown language = Markdown.read(Markdown.ROOT.resolve("docs/language.md"));
    String section = section(language.text(), "Differences from Java");
    List<String> rows = section.lines().filter(line -> line.startsWith("| ")).skip(1).toList();
    assertThat(rows).hasSizeGreaterThan(10);
    for (String row : rows) {
      List<Path> cases =
          CASE.matcher(row)
              .results()
              .map(match -> Markdown.ROOT.resolve("cli/src/test/cases").resolve(match.group(1)))
              .toList();
      assertThat(cases).as(row).isNotEmpty().allMatch(Files::isDirectory);
    }
  }

  private static Markdown readme() throws IOException {
    return Markdown.read(Markdown.ROOT.resolve("README.md"));
  }

  private static String section(String text, String heading) {
    int start = text.indexOf("\n## " + heading + "\n");
    assertThat(start).as(heading).isNotNegative();
    int end = text.indexOf("\n## ", start + 1);
    return text.substring(start, end < 0 ? text.length() : end);
  }

  private static String normalized(String code) throws IOException {
    String pom = Files.readString(Markdown.ROOT.resolve("pom.xml"));
    return code.replace("@project.version@", first(VERSION, pom))
        .replace("@junit.version@", first(JUNIT, pom))
        .replaceAll("\\s+", " ")
        .replace("> <", "><")
        .strip();
  }

  private static String first(Pattern pattern, String text) {
    return pattern.matcher(text).results().findFirst().orElseThrow().group(1);
  }
}
