package org.bpf4j.cli;

import java.io.PrintWriter;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
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
    Rows rows = new Rows();
    entries.list().forEach(entry -> addEntry(rows, definition, entry));
    rows.print(out);
  }

  /// A row for each CPU with a value, the first if none has one.
  private void addEntry(Rows rows, MapDefinition map, Entries.Entry entry) {
    List<Cell> key = prefixed("key", map.keyType(), entry.key());
    List<MemorySegment> values = entry.values();
    boolean none = values.stream().allMatch(Entries::isZero);
    for (int cpu = 0; cpu < values.size(); cpu++) {
      if (values.size() > 1 && (none ? cpu > 0 : Entries.isZero(values.get(cpu)))) {
        continue;
      }
      List<Cell> cells = new ArrayList<>(key);
      if (values.size() > 1) {
        cells.add(new Cell("cpu", Integer.toString(cpu)));
      }
      cells.addAll(bytes.cells(map.valueType(), "value", values.get(cpu)));
      rows.add(cells);
    }
  }

  /// The fields of a key, told from those of the value.
  private List<Cell> prefixed(String prefix, int type, MemorySegment segment) {
    return bytes.cells(type, prefix, segment).stream()
        .map(
            cell ->
                cell.name().equals(prefix)
                    ? cell
                    : new Cell(prefix + "." + cell.name(), cell.text()))
        .toList();
  }

  private void printRing(MapDefinition ring) {
    Rows rows = new Rows();
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

  /// The first rows of a table, whose headings are the names of the cells.
  private static final class Rows {

    private final List<List<Cell>> rows = new ArrayList<>();
    private int more;

    void add(List<Cell> cells) {
      if (rows.size() < MAX_ROWS) {
        rows.add(cells);
      } else {
        more++;
      }
    }

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
}
