package org.bpf4j.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.bpf4j.isa.MalformedObjectException;
import picocli.CommandLine.Option;

/// A command that shows what is in the kernel, as a table or as JSON.
///
/// @param <T> what it shows
abstract sealed class InventoryCommand<T extends Record> extends CliCommand
    permits ListCommand, ShowCommand, MapCommand.Dump, BtfCommand.Dump {

  @Option(names = "--json", description = "Print JSON, all in one line.")
  private boolean json;

  /// Whether JSON is wanted.
  final boolean json() {
    return json;
  }

  /// Prints values.
  abstract void print(List<T> values) throws CommandFailedException;

  /// What to show.
  ///
  /// @throws CommandFailedException if there is nothing of what was asked for
  abstract List<T> values() throws CommandFailedException;

  @Override
  final boolean run() throws CommandFailedException {
    try {
      print(values());
      return true;
    } catch (MalformedObjectException e) {
      throw new CommandFailedException("type information that cannot be read: " + e.getMessage());
    }
  }

  /// Prints the fields of a value below each other.
  final void printFields(T value) {
    Table table = new Table(List.of("field", "value"));
    List<List<String>> rows = new ArrayList<>();
    flatten("", Json.fields(value), rows);
    rows.forEach(table::row);
    table.print(out());
  }

  private static void flatten(String prefix, Map<?, ?> fields, List<List<String>> rows) {
    fields.forEach(
        (name, value) -> {
          if (value instanceof Map<?, ?> inner) {
            flatten(prefix + name + ".", inner, rows);
          } else {
            rows.add(List.of(prefix + name, text(value)));
          }
        });
  }

  private static String text(Object value) {
    return switch (value) {
      case List<?> list ->
          list.stream().map(InventoryCommand::text).collect(Collectors.joining(", "));
      case Map<?, ?> map ->
          map.values().stream().map(String::valueOf).collect(Collectors.joining(" "));
      default -> value.toString();
    };
  }
}
