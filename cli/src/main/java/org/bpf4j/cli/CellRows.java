package org.bpf4j.cli;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import org.bpf4j.cli.TypedBytes.Cell;

/// The first rows of a table, whose headings are the names of the cells.
final class CellRows {

  private final int most;
  private final List<List<Cell>> rows = new ArrayList<>();
  private int more;

  /// @param most how many rows are printed
  CellRows(int most) {
    this.most = most;
  }

  /// Adds a row.
  void add(List<Cell> cells) {
    if (rows.size() < most) {
      rows.add(cells);
    } else {
      more++;
    }
  }

  /// Prints the rows, and how many are left out.
  void print(PrintWriter out) {
    if (rows.isEmpty()) {
      return;
    }
    Table table = new Table(rows.getFirst().stream().map(Cell::name).toList());
    rows.forEach(row -> table.row(row.stream().map(Cell::text).toList()));
    table.print(out);
    if (more > 0) {
      out.println("  … and " + more + " more");
    }
  }
}
