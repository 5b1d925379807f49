package org.bpf4j.cli;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/// A table of text. Columns are as wide as their widest cell; those of numbers stand to the right.
final class Table {

  private static final Pattern NUMBER = Pattern.compile("~?-?\\d+(\\.\\d+)?( \\(0x[0-9a-f]+\\))?|");

  private final List<List<String>> rows = new ArrayList<>();
  private final int columns;

  /// A table with these headings.
  Table(List<String> headings) {
    columns = headings.size();
    rows.add(List.copyOf(headings));
  }

  /// Adds a row, which has a cell for each heading.
  void row(List<String> cells) {
    if (cells.size() != columns) {
      throw new IllegalArgumentException(cells.size() + " cells for " + columns + " columns");
    }
    rows.add(List.copyOf(cells));
  }

  /// Whether there are no rows but the headings.
  boolean isEmpty() {
    return rows.size() == 1;
  }

  /// Prints it, indented by two blanks.
  void print(PrintWriter out) {
    for (List<String> row : rows) {
      StringBuilder line = new StringBuilder();
      for (int column = 0; column < columns; column++) {
        line.append("  ").append(pad(row.get(column), column));
      }
      out.println(line.toString().stripTrailing());
    }
  }

  private String pad(String cell, int column) {
    int width = rows.stream().mapToInt(row -> row.get(column).length()).max().orElseThrow();
    String blanks = " ".repeat(width - cell.length());
    boolean numbers =
        rows.stream().skip(1).allMatch(row -> NUMBER.matcher(row.get(column)).matches());
    return numbers ? blanks + cell : cell + blanks;
  }
}
