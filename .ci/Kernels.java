import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Makes a table of what the guests printed: a row for each kind of program, type of map and check,
/// a column for each kernel.
///
/// Arguments: a page that gets the table, or none; `--`; the files in `target/guests`.
final class Kernels {

  private static final Pattern RELEASE = Pattern.compile("kernel (\\d+\\.\\d+)\\S*");
  private static final Pattern ROW = Pattern.compile("\\| (.+) \\| (.+) \\|");
  private static final Path RESULTS = Path.of("target/guests");
  private static final String BEGIN = "<!-- kernels -->\n";
  private static final String END = "<!-- end -->";

  private Kernels() {}

  public static void main(String[] args) throws IOException {
    List<String> arguments = Arrays.asList(args);
    int separator = arguments.indexOf("--");
    Map<String, Map<String, String>> columns = new LinkedHashMap<>();
    for (String file : arguments.subList(separator + 1, arguments.size())) {
      read(file, columns);
    }
    Map<String, List<String>> rows = new TreeMap<>(Kernels::compare);
    columns
        .values()
        .forEach(column -> column.keySet().forEach(row -> rows.put(row, new ArrayList<>())));
    rows.forEach(
        (row, cells) ->
            columns.values().forEach(column -> cells.add(column.getOrDefault(row, "untried"))));
    StringBuilder table = new StringBuilder("| | " + String.join(" | ", columns.keySet()) + " |\n");
    table.append("|---".repeat(columns.size() + 1)).append("|\n");
    rows.forEach(
        (row, cells) ->
            table.append("| %s | %s |\n".formatted(name(row), String.join(" | ", cells))));
    System.out.print(table);
    for (String page : arguments.subList(0, separator)) {
      write(Path.of(page), table.toString());
    }
    if (rows.values().stream().anyMatch(cells -> cells.contains("FAILED"))) {
      System.exit(1);
    }
  }

  /// Where rows of two runs differ, the better word stands, but a failure stays.
  private static void read(String file, Map<String, Map<String, String>> columns)
      throws IOException {
    String release = "";
    Map<String, String> column = new TreeMap<>();
    for (String line : Files.readAllLines(RESULTS.resolve(file))) {
      Matcher kernel = RELEASE.matcher(line);
      Matcher row = ROW.matcher(line);
      if (kernel.matches()) {
        release = kernel.group(1);
      } else if (row.matches()) {
        column.merge(row.group(1), row.group(2), Kernels::better);
      }
    }
    columns.put(file.startsWith("here") ? "this machine's " + release : release, column);
  }

  private static String better(String a, String b) {
    List<String> order = List.of("FAILED", "ok", "hangs", "absent");
    for (String word : order) {
      if (a.equals(word) || b.equals(word)) {
        return word;
      }
    }
    return a.equals("untried") ? b : a;
  }

  /// Programs, then types of maps, then sentences.
  private static int compare(String a, String b) {
    int byKind = Integer.compare(rank(a), rank(b));
    return byKind != 0 ? byKind : a.compareTo(b);
  }

  private static int rank(String row) {
    return row.startsWith("@") ? 0 : row.contains(" ") ? 2 : 1;
  }

  private static String name(String row) {
    return rank(row) == 2 ? row : "`" + row + "`";
  }

  private static void write(Path page, String table) throws IOException {
    String text = Files.readString(page);
    int begin = text.indexOf(BEGIN) + BEGIN.length();
    int end = text.indexOf(END, begin);
    Files.writeString(page, text.substring(0, begin) + table + text.substring(end));
  }
}
