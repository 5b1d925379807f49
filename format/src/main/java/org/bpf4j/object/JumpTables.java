package org.bpf4j.object;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.bpf4j.isa.InsnCodec;
import org.bpf4j.isa.MalformedObjectException;
import org.bpf4j.object.ElfFile.Section;
import org.bpf4j.object.ElfFile.Symbol;
import org.bpf4j.object.Relocation.Target;

/// The section of tables from which programs read where to go on (`gotox`), as LLVM writes it since
/// 22: each table is a symbol, and its entries of eight bytes are places in the section of the
/// function that reads it.
final class JumpTables {

  static final String SECTION = ".jumptables";

  private static final int ENTRY_BYTES = Long.BYTES;

  /// A table that a function reads.
  private record Key(String function, Relocation relocation) {}

  /// A table that is written: its symbol, and places in the section of its function.
  private record Table(String name, long[] places) {}

  private final Map<Key, Table> tables = new LinkedHashMap<>();

  /// Reads a table.
  ///
  /// @param start where the function begins in its section
  /// @throws MalformedObjectException if the symbol is no table, or its entries are no instructions
  static Target.JumpTable read(Section section, Symbol symbol, int start) {
    ByteBuffer bytes = section.bytes();
    long at = symbol.value();
    long size = symbol.size();
    if (at < 0 || size <= 0 || at > bytes.capacity() || size > bytes.capacity() - at) {
      throw new MalformedObjectException("table " + symbol.name() + " leaves its section");
    }
    if (at % ENTRY_BYTES != 0 || size % ENTRY_BYTES != 0) {
      throw new MalformedObjectException("table " + symbol.name() + " has half an entry");
    }
    List<Integer> slots = new ArrayList<>();
    for (int entry = (int) at; entry < at + size; entry += ENTRY_BYTES) {
      long place = bytes.getLong(entry) - start;
      if (place < 0 || place % InsnCodec.SLOT_BYTES != 0 || place != (int) place) {
        throw new MalformedObjectException(
            "table " + symbol.name() + " leads to byte " + bytes.getLong(entry));
      }
      slots.add((int) place / InsnCodec.SLOT_BYTES);
    }
    return new Target.JumpTable(slots);
  }

  /// Notes the tables of a function for being written.
  ///
  /// @param start where the function begins in its section
  void add(BpfFunction function, int start) {
    for (Relocation relocation : function.relocations()) {
      if (relocation.target() instanceof Target.JumpTable(List<Integer> slots)) {
        long[] places =
            slots.stream().mapToLong(slot -> start + (long) slot * InsnCodec.SLOT_BYTES).toArray();
        tables.put(
            new Key(function.name(), relocation),
            new Table("BPF.JT." + tables.size() + ".0", places));
      }
    }
  }

  boolean isEmpty() {
    return tables.isEmpty();
  }

  /// The section's bytes.
  byte[] bytes() {
    int entries = tables.values().stream().mapToInt(table -> table.places.length).sum();
    ByteBuffer out = ByteBuffer.allocate(entries * ENTRY_BYTES).order(ByteOrder.LITTLE_ENDIAN);
    for (Table table : tables.values()) {
      for (long place : table.places) {
        out.putLong(place);
      }
    }
    return out.array();
  }

  /// The tables' symbols.
  ///
  /// @param section the section's index
  List<Symbol> symbols(int section) {
    List<Symbol> symbols = new ArrayList<>();
    long at = 0;
    for (Table table : tables.values()) {
      long size = (long) table.places.length * ENTRY_BYTES;
      symbols.add(
          new Symbol(table.name, ElfFile.STB_GLOBAL, ElfFile.STT_OBJECT, section, at, size));
      at += size;
    }
    return symbols;
  }

  /// The name of the symbol of a table that was noted.
  String name(BpfFunction function, Relocation relocation) {
    Table table = tables.get(new Key(function.name(), relocation));
    if (table == null) {
      throw new IllegalArgumentException("no table of " + function.name() + " was noted");
    }
    return table.name;
  }
}
