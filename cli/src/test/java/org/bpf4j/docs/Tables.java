package org.bpf4j.docs;

import static java.util.function.Predicate.not;

import java.io.IOException;
import java.nio.file.Files;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.bpf4j.compiler.ast.Library;
import org.bpf4j.compiler.ast.MapForm;
import org.bpf4j.handle.Verdicts;
import org.bpf4j.hooks.HookAudit;
import org.bpf4j.object.Helper;
import org.bpf4j.object.KernelVersion;
import org.bpf4j.object.MapKind;
import org.bpf4j.object.ProgramKind;

/// The tables of the documentation that the compiler's own tables decide, between `<!-- table: name
/// -->` and `<!-- end -->`.
///
/// With `-Dbless` they are written instead of compared.
final class Tables {
  private static final Pattern TABLE =
      Pattern.compile("<!-- table: (\\w+) -->\\n(.*?)<!-- end -->", Pattern.DOTALL);
  private static final List<ProgramKind> KINDS = List.of(ProgramKind.values());

  private Tables() {}

  /// The names of the tables in a page.
  static Set<String> names(Markdown page) {
    return TABLE
        .matcher(page.text())
        .results()
        .map(match -> match.group(1))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  /// The page with every table as it should be.
  static String rendered(Markdown page) {
    return TABLE
        .matcher(page.text())
        .replaceAll(
            match ->
                Matcher.quoteReplacement(
                    "<!-- table: %s -->\n%s<!-- end -->"
                        .formatted(match.group(1), table(match.group(1)))));
  }

  /// Writes the page with every table as it should be.
  static void bless(Markdown page) throws IOException {
    Files.writeString(page.file(), rendered(page));
  }

  private static String table(String name) {
    return switch (name) {
      case "programs" -> programs();
      case "running" -> running();
      case "maps" -> maps();
      case "helpers" -> HelperTable.rendered();
      case "library" -> library();
      case "summary" -> summary();
      default -> throw new AssertionError("no table is called " + name);
    };
  }

  /// What there is, by the first kernel that has it.
  private static String summary() {
    Map<String, KernelVersion> programs = new LinkedHashMap<>();
    KINDS.forEach(kind -> programs.put("@" + kind.annotation(), kind.since()));
    Map<String, KernelVersion> maps = new LinkedHashMap<>();
    for (MapForm form : MapForm.values()) {
      maps.put(simpleName(form.className()), form.kind().since());
    }
    return "| | from Linux %s | later |\n|---|---|---|\n".formatted(KernelVersion.FLOOR)
        + summary("programs", programs)
        + summary("maps", maps)
        + "| [kernel functions](docs/helpers.md) | %d under their own names | |\n"
            .formatted(Stream.of(Helper.values()).filter(HelperTable::isStatic).count());
  }

  private static String summary(String what, Map<String, KernelVersion> since) {
    StringBuilder first = new StringBuilder();
    StringBuilder later = new StringBuilder();
    since.forEach(
        (name, version) -> {
          if (version.compareTo(KernelVersion.FLOOR) <= 0) {
            first.append("`%s` ".formatted(name));
          } else {
            later.append("`%s` %s ".formatted(name, version));
          }
        });
    return "| %s | %s| %s|\n".formatted(what, first, later);
  }

  private static String programs() {
    StringBuilder rows =
        new StringBuilder("| program | Linux | an abort returns |\n|---|---|---|\n");
    for (ProgramKind kind : KINDS) {
      rows.append(
          "| `@%s` | %s | %s |\n".formatted(kind.annotation(), floor(kind.since()), abort(kind)));
    }
    return rows.toString();
  }

  /// Where the tests see programs run and maps shared; the guests' own test reads the last row.
  private static String running() {
    Set<ProgramKind> programs = HookAudit.programs();
    Set<MapKind> maps = HookAudit.maps();
    return "| seen at work | programs | types of maps |\n|---|---|---|\n"
        + running("on the host", programs::contains, maps::contains)
        + running("in guests", not(programs::contains), not(maps::contains));
  }

  private static String running(
      String where, Predicate<ProgramKind> programs, Predicate<MapKind> maps) {
    String kinds =
        KINDS.stream()
            .filter(programs)
            .map(kind -> "`@" + kind.annotation() + "`")
            .collect(Collectors.joining(" "));
    String types =
        Stream.of(MapForm.values())
            .map(MapForm::kind)
            .distinct()
            .filter(maps)
            .map(kind -> "`" + kind.name().toLowerCase(Locale.ROOT) + "`")
            .collect(Collectors.joining(" "));
    return "| %s | %s | %s |\n".formatted(where, kinds, types);
  }

  private static String abort(ProgramKind kind) {
    return Verdicts.verdict(kind, kind.abortValue())
        .map(verdict -> "`" + verdict.getDeclaringClass().getSimpleName() + "." + verdict + "`")
        .orElse("`" + kind.abortValue() + "`");
  }

  private static String maps() {
    StringBuilder rows = new StringBuilder("| map | kernel's type | Linux |\n|---|---|---|\n");
    for (MapForm form : MapForm.values()) {
      String type = form.kind().name().toLowerCase(Locale.ROOT);
      rows.append(
          "| `%s` | %s | %s |\n"
              .formatted(simpleName(form.className()), type, floor(form.kind().since())));
    }
    return rows.toString();
  }

  private static String library() {
    Map<List<String>, Set<String>> methods = new LinkedHashMap<>();
    for (Library method : Library.values()) {
      if (!method.owners().getFirst().equals("org.bpf4j.lang.Helpers")) {
        methods
            .computeIfAbsent(method.owners(), _ -> new TreeSet<>())
            .add("`" + method.methodName() + "`");
      }
    }
    StringBuilder rows = new StringBuilder("| of | methods |\n|---|---|\n");
    methods.forEach(
        (owners, names) ->
            rows.append(
                "| %s | %s |\n"
                    .formatted(
                        owners.stream()
                            .map(owner -> "`" + simpleName(owner) + "`")
                            .collect(Collectors.joining(", ")),
                        String.join(", ", names))));
    return rows.toString();
  }

  private static String simpleName(String qualified) {
    return qualified.substring(qualified.lastIndexOf('.') + 1);
  }

  private static String floor(KernelVersion version) {
    return version.max(KernelVersion.FLOOR).toString();
  }
}
