package org.bpf4j.cli;

import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Parameters;

/// A command that shows all that is known of some objects of a family.
///
/// @param <T> what an object is described by
abstract sealed class ShowCommand<T extends Record> extends InventoryCommand<T>
    permits ProgCommand.Show, MapCommand.Show, LinkCommand.Show {

  @Parameters(paramLabel = "ID|NAME", description = "An object's number, or its name.")
  private String wanted = "";

  /// The object with a number.
  abstract Optional<T> find(int id);

  /// All objects.
  abstract List<T> all();

  /// The name of an object.
  abstract String name(T value);

  @Override
  final List<T> values() throws CommandFailedException {
    return Chosen.of(wanted, this::find, this::all, this::name);
  }

  @Override
  final void print(List<T> values) {
    if (json()) {
      out().println(Json.print(values));
      return;
    }
    boolean first = true;
    for (T value : values) {
      if (!first) {
        out().println();
      }
      first = false;
      printFields(value);
    }
  }
}
