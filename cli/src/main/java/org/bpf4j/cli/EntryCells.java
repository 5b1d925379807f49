package org.bpf4j.cli;

import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;
import org.bpf4j.cli.TypedBytes.Cell;
import org.bpf4j.object.MapDefinition;

/// The entries of a map as cells.
///
/// @param bytes how bytes are shown
/// @param map the types of keys and values
record EntryCells(TypedBytes bytes, MapDefinition map) {

  /// A row for each CPU with a value, the first if none has one.
  List<List<Cell>> of(Entries.Entry entry) {
    List<List<Cell>> rows = new ArrayList<>();
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
    return rows;
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
}
