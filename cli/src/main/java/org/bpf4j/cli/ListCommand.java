package org.bpf4j.cli;

import java.util.List;

/// A command that lists all objects of a family, a row for each.
///
/// @param <T> what an object is described by
abstract sealed class ListCommand<T extends Record> extends InventoryCommand<T>
    permits ProgCommand.ListPrograms,
        MapCommand.ListMaps,
        LinkCommand.ListLinks,
        BtfCommand.ListTypes {

  /// The headings of the columns.
  abstract List<String> headings();

  /// The cells of an object.
  abstract List<String> row(T value);

  @Override
  final void print(List<T> values) {
    if (json()) {
      out().println(Json.print(values));
      return;
    }
    Table table = new Table(headings());
    values.forEach(value -> table.row(row(value)));
    table.print(out());
  }
}
