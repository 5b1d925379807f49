import com.google.googlejavaformat.java.Formatter;
import com.google.googlejavaformat.java.FormatterException;
import com.google.googlejavaformat.java.ImportOrderer;
import com.google.googlejavaformat.java.JavaFormatterOptions;
import com.google.googlejavaformat.java.RemoveUnusedImports;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// Formats every Java file under the working directory (`write`), or names those that are not
/// formatted and fails (`check`). One process for the whole tree, since a formatter that starts
/// once per module costs more than the formatting.
final class Format {
  private static final Formatter FORMATTER =
      new Formatter(
          JavaFormatterOptions.builder().style(JavaFormatterOptions.Style.GOOGLE).build());

  private Format() {}

  static void main(String[] args) throws IOException {
    boolean write = List.of(args).equals(List.of("write"));
    if (!write && !List.of(args).equals(List.of("check"))) {
      throw new IllegalArgumentException("usage: Format check|write");
    }
    List<Path> unformatted =
        sources().parallelStream().filter(file -> differs(file, write)).toList();
    unformatted.forEach(
        file -> System.out.println((write ? "formatted " : "unformatted: ") + file));
    if (!write && !unformatted.isEmpty()) {
      System.out.println("to format them: ./bpf4j dev format");
      System.exit(1);
    }
  }

  private static List<Path> sources() throws IOException {
    try (var files = Files.walk(Path.of("."))) {
      return files
          .map(Path::normalize)
          .filter(file -> file.toString().endsWith(".java"))
          .filter(file -> !isBuildOutput(file))
          .sorted()
          .toList();
    }
  }

  private static boolean isBuildOutput(Path file) {
    for (Path part : file) {
      if (part.toString().equals("target")) return true;
    }
    return false;
  }

  private static boolean differs(Path file, boolean write) {
    try {
      String source = Files.readString(file);
      String formatted = format(source);
      if (formatted.equals(source)) return false;
      if (write) Files.writeString(file, formatted);
      return true;
    } catch (IOException | FormatterException e) {
      System.out.println(file + ": " + e.getMessage());
      return true;
    }
  }

  private static String format(String source) throws FormatterException {
    String imports = RemoveUnusedImports.removeUnusedImports(source);
    return FORMATTER.formatSource(
        ImportOrderer.reorderImports(imports, JavaFormatterOptions.Style.GOOGLE));
  }
}
