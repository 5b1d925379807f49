package org.bpf4j.cli;

import java.io.PrintWriter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.bpf4j.btf.Btf;
import org.bpf4j.cli.TypedBytes.Cell;
import org.bpf4j.inspect.OpenedMap;
import org.bpf4j.inventory.ListedMap;
import org.bpf4j.kernel.SyscallException;
import org.bpf4j.object.MapDefinition;

/// What is in a map of the kernel.
///
/// @param map the map
/// @param rows a row for each entry, and for each CPU with a value
/// @param zeros how many elements of an array are left out, since they are zero
record MapDump(ListedMap map, List<List<Cell>> rows, int zeros) {

  /// The most rows of a table that are printed; JSON has them all.
  private static final int MAX_ROWS = 1_000;

  /// A number, perhaps with its hexadecimal form behind it.
  private static final Pattern NUMBER = Pattern.compile("(-?\\d{1,18})( \\(0x[0-9a-f]+\\))?");

  /// Reads a map.
  ///
  /// @throws CommandFailedException if user space cannot go through maps of its type
  static MapDump of(OpenedMap opened) throws CommandFailedException {
    MapDefinition definition = opened.map().definition();
    boolean listed =
        switch (definition.kind().content()) {
          case VALUES, ELEMENTS, OBJECTS, TARGETS, TRACES -> true;
          case QUEUE, FILTER, STORAGE, STREAM, MEMORY, OTHER -> false;
        };
    if (!listed) {
      throw new CommandFailedException(
          "map "
              + opened.listed().id()
              + " is of type "
              + opened.listed().type()
              + ", which user space cannot go through without changing it");
    }
    try {
      Entries entries = Entries.read(opened.map());
      TypedBytes bytes = new TypedBytes(opened.types().orElse(Btf.EMPTY));
      EntryCells cells = new EntryCells(bytes, definition);
      return new MapDump(
          opened.listed(),
          entries.list().stream().flatMap(entry -> cells.of(entry).stream()).toList(),
          entries.zeros());
    } catch (SyscallException e) {
      throw new CommandFailedException(
          "map %d is of type %s: %s"
              .formatted(opened.listed().id(), opened.listed().type(), e.getMessage()));
    }
  }

  /// Prints it as a table.
  void print(PrintWriter out) {
    out.printf(
        "map %d %s (%s): %s%s%n",
        map.id(),
        map.name(),
        map.type(),
        Counted.of(rows.size(), "row"),
        zeros == 0 ? "" : ", and " + Counted.of(zeros, "element") + " of zeros");
    CellRows table = new CellRows(MAX_ROWS);
    rows.forEach(table::add);
    table.print(out);
  }

  /// The rows as names and values.
  List<Map<String, Object>> json() {
    return rows.stream().map(MapDump::json).toList();
  }

  private static Map<String, Object> json(List<Cell> row) {
    Map<String, Object> values = new LinkedHashMap<>();
    for (Cell cell : row) {
      Matcher number = NUMBER.matcher(cell.text());
      values.put(
          cell.name(), number.matches() ? (Object) Long.valueOf(number.group(1)) : cell.text());
    }
    return values;
  }
}
