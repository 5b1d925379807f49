package org.bpf4j.load;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.bpf4j.object.MapDefinition;
import org.bpf4j.object.MapKind;
import org.bpf4j.object.Relocation;
import org.bpf4j.object.Relocation.Target;
import org.bpf4j.sys.Bpf;
import org.bpf4j.sys.Descriptor;
import org.bpf4j.sys.Failure;

/// The maps that hold the tables of places of one program, until the program is loaded and holds
/// them itself.
final class TableMaps implements AutoCloseable {

  /// `struct bpf_insn_array_value` of `linux/bpf.h`: an instruction's place before the kernel
  /// rewrote the program, then those that the kernel finds out.
  static final int VALUE_BYTES = 16;

  private final Map<Integer, Descriptor> bySlot = new HashMap<>();

  private TableMaps() {}

  /// Makes those that a program's functions refer to.
  static TableMaps of(Assembly assembly, LoadedTypes types) {
    TableMaps tables = new TableMaps();
    try {
      for (Assembly.Placed placed : assembly.functions()) {
        for (Relocation relocation : placed.function().relocations()) {
          if (relocation.target() instanceof Target.JumpTable(List<Integer> slots)) {
            int at = placed.start() + relocation.at().value();
            tables.bySlot.put(at, create(slots, placed.start(), types));
          }
        }
      }
      return tables;
    } catch (RuntimeException | Error e) {
      tables.close();
      throw e;
    }
  }

  private static Descriptor create(List<Integer> slots, int start, LoadedTypes types) {
    MapDefinition map =
        new MapDefinition(
            "jumptables", MapKind.INSN_ARRAY, Integer.BYTES, VALUE_BYTES, slots.size(), 0, 0, 0);
    Descriptor descriptor = MapCreation.create(map, types);
    try {
      for (int i = 0; i < slots.size(); i++) {
        Failure.check(
            Bpf.fill(descriptor, i, value(start + slots.get(i))), "filling a table of places");
      }
      Failure.check(Bpf.freeze(descriptor), "BPF_MAP_FREEZE of a table of places");
      return descriptor;
    } catch (RuntimeException | Error e) {
      descriptor.close();
      throw e;
    }
  }

  private static byte[] value(int slot) {
    return ByteBuffer.allocate(VALUE_BYTES).order(ByteOrder.LITTLE_ENDIAN).putInt(slot).array();
  }

  /// The number of the map of the table to which the instruction at a slot refers.
  int number(int slot) {
    Descriptor table = bySlot.get(slot);
    if (table == null) {
      throw new IllegalStateException("no table at instruction " + slot);
    }
    return table.number();
  }

  @Override
  public void close() {
    bySlot.values().forEach(Descriptor::close);
  }
}
