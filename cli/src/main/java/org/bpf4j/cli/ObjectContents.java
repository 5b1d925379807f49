package org.bpf4j.cli;

import java.io.PrintWriter;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.bpf4j.cli.TypedBytes.Cell;
import org.bpf4j.handle.LoadedMap;
import org.bpf4j.handle.LoadedObject;
import org.bpf4j.object.MapDefinition;
import org.bpf4j.object.MapKind;

/// Prints what a loaded object's maps, rings and globals hold, as tables.
final class ObjectContents {

  /// The most rows of a table that are printed.
  private static final int MAX_ROWS = 50;

  private final LoadedObject loaded;
  private final RecordTypes records;
  private final TypedBytes bytes;
  private final PrintWriter out;

  /// @param records what the rings hold
  ObjectContents(LoadedObject loaded, RecordTypes records, PrintWriter out) {
    this.loaded = loaded;
    this.records = records;
    this.bytes = new TypedBytes(loaded.object().btf());
    this.out = out;
  }

  /// Prints everything; the records of rings are consumed. What user space gives to programs is not
  /// looked at.
  void print() {
    for (MapDefinition map : loaded.object().maps()) {
      switch (map.kind()) {
        case USER_RINGBUF -> {}
        case RINGBUF -> {
          out.println();
          printRing(map);
        }
        default -> {
          out.println();
          printMap(loaded.map(map.name()));
        }
      }
    }
    printGlobals();
  }

  private void printMap(LoadedMap map) {
    MapDefinition definition = map.definition();
    Entries entries = Entries.read(map);
    out.printf(
        "map %s (%s): %s%s%n",
        definition.name(),
        definition.kind(),
        Counted.of(entries.list().size(), definition.kind().isArray() ? "element" : "key"),
        entries.zeros() == 0 ? "" : ", and " + entries.zeros() + " of zeros");
    CellRows rows = new CellRows(MAX_ROWS);
    EntryCells cells = new EntryCells(bytes, definition);
    entries.list().forEach(entry -> cells.of(entry).forEach(rows::add));
    rows.print(out);
  }

  private void printRing(MapDefinition ring) {
    CellRows rows = new CellRows(MAX_ROWS);
    int type = records.of(ring.name(), loaded.object().btf());
    int count =
        loaded
            .ring(ring.name())
            .consume(
                segment -> {
                  byte[] copy = segment.toArray(ValueLayout.JAVA_BYTE);
                  rows.add(bytes.cells(type, "record", MemorySegment.ofArray(copy)));
                });
    String lost =
        variable(lostCounter(ring))
            .map(segment -> segment.get(ValueLayout.JAVA_LONG_UNALIGNED, 0))
            .map(number -> ", " + number + " lost")
            .orElse("");
    out.printf("ring %s: %s%s%n", ring.name(), Counted.of(count, "record"), lost);
    rows.print(out);
  }

  /// Programs count in this variable what a ring had no room for.
  private static String lostCounter(MapDefinition ring) {
    return ring.name() + "_lost";
  }

  private Optional<MemorySegment> variable(String name) {
    return GlobalVariable.of(loaded.object()).stream()
        .filter(variable -> variable.name().equals(name))
        .map(this::segment)
        .findFirst();
  }

  private MemorySegment segment(GlobalVariable variable) {
    return loaded
        .data(variable.section().name())
        .segment()
        .asSlice(variable.offset(), variable.size());
  }

  private void printGlobals() {
    Set<String> counters = new HashSet<>();
    for (MapDefinition map : loaded.object().maps()) {
      if (map.kind() == MapKind.RINGBUF) {
        counters.add(lostCounter(map));
      }
    }
    Table table = new Table(List.of("global", "section", "value"));
    for (GlobalVariable variable : GlobalVariable.of(loaded.object())) {
      if (!counters.contains(variable.name())) {
        for (Cell cell : bytes.cells(variable.type(), "", segment(variable))) {
          String name = cell.name().isEmpty() ? "" : "." + cell.name();
          table.row(List.of(variable.name() + name, variable.section().name(), cell.text()));
        }
      }
    }
    if (!table.isEmpty()) {
      out.println();
      table.print(out);
    }
  }
}
