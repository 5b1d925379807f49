package org.bpf4j.docs;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// A page of the documentation.
///
/// @param file where it is
/// @param text what it says
record Markdown(Path file, String text) {

  /// The root of the repository.
  static final Path ROOT = Path.of(System.getProperty("bpf4j.root", "..")).normalize();

  private static final Pattern FENCE =
      Pattern.compile("^```(\\w*)\\R(.*?)^```$", Pattern.MULTILINE | Pattern.DOTALL);
  private static final Pattern LINK = Pattern.compile("\\]\\(([^)\\s]+)\\)");
  private static final Pattern HEADING = Pattern.compile("^#+ (.*)$", Pattern.MULTILINE);

  /// A block of code; `start` is where it begins in the page.
  record Fence(String language, String code, int start) {}

  static Markdown read(Path file) throws IOException {
    return new Markdown(file, Files.readString(file));
  }

  /// Every page of the repository that is for readers.
  static List<Markdown> all() throws IOException {
    List<Markdown> pages = new ArrayList<>();
    try (Stream<Path> top = Files.list(ROOT);
        Stream<Path> docs = Files.walk(ROOT.resolve("docs"))) {
      for (Path file : Stream.concat(top, docs).sorted().toList()) {
        if (file.toString().endsWith(".md")) {
          pages.add(read(file));
        }
      }
    }
    return pages;
  }

  /// The text of the first heading.
  String title() {
    return HEADING.matcher(text).results().findFirst().orElseThrow().group(1);
  }

  List<Fence> fences() {
    return FENCE
        .matcher(text)
        .results()
        .map(match -> new Fence(match.group(1), match.group(2), match.start()))
        .toList();
  }

  /// The code under a heading of the second level.
  Fence fenceUnder(String heading) {
    int start = text.indexOf("\n## " + heading + "\n");
    return fences().stream()
        .filter(fence -> start >= 0 && fence.start() > start)
        .findFirst()
        .orElseThrow(() -> new AssertionError(file + " has no code under " + heading));
  }

  /// The targets of links, without those of the web.
  List<String> links() {
    return LINK.matcher(FENCE.matcher(text).replaceAll(""))
        .results()
        .map(match -> match.group(1))
        .filter(target -> !target.startsWith("http"))
        .toList();
  }

  /// What a link to a heading may name.
  Set<String> anchors() {
    return HEADING
        .matcher(FENCE.matcher(text).replaceAll(""))
        .results()
        .map(match -> anchor(match.group(1)))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static String anchor(String heading) {
    return heading.toLowerCase(Locale.ROOT).replaceAll("[^\\w\\- ]", "").replace(' ', '-');
  }
}
