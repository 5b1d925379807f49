package org.bpf4j.object;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.bpf4j.btf.BtfPrinter;
import org.bpf4j.isa.Insn;
import org.bpf4j.isa.InsnPrinter;
import org.bpf4j.object.Relocation.Target;

/// Prints an object for people: what it declares, and its instructions below the source lines they
/// come from.
public final class ObjectPrinter {

  private final StringBuilder text = new StringBuilder();

  private ObjectPrinter() {}

  /// Prints everything but the types.
  public static String print(BpfObject object) {
    ObjectPrinter printer = new ObjectPrinter();
    printer.head(object);
    for (CodeSection section : object.code()) {
      for (BpfFunction function : section.functions()) {
        printer.function(section, function);
      }
    }
    return printer.text.toString();
  }

  /// Prints everything, with the types at the end.
  public static String printWithTypes(BpfObject object) {
    return print(object) + "\n" + BtfPrinter.print(object.btf());
  }

  private void head(BpfObject object) {
    line("license \"%s\"", object.license());
    object
        .note()
        .ifPresent(
            note -> {
              line("class %s, compiled by bpf4j %s", note.className(), note.compilerVersion());
              note.floors().forEach(f -> line("%s needs kernel %s", f.program(), f.kernel()));
            });
    for (MapDefinition map : object.maps()) {
      line(
          "map %s: %s, key %d, value %d, max_entries %s, flags 0x%x",
          map.name(),
          map.kind(),
          map.keySize(),
          map.valueSize(),
          Integer.toUnsignedString(map.maxEntries()),
          map.flags());
    }
    for (DataSection data : object.data()) {
      line("data %s: %d bytes", data.name(), data.size());
    }
  }

  private void function(CodeSection section, BpfFunction function) {
    line("");
    line(
        "%s: %s in section %s, %d slots",
        function.name(),
        section.isText() || !function.global() ? "subprogram" : "program",
        section.name(),
        function.slots());
    Map<Integer, LineRecord> lines = new HashMap<>();
    function.lines().forEach(record -> lines.put(record.at().value(), record));
    Map<Integer, String> notes = notes(function);
    int slot = 0;
    for (Insn insn : function.insns()) {
      LineRecord record = lines.get(slot);
      if (record != null) {
        line("; %s:%d  %s", record.file(), record.line(), record.text().strip());
      }
      String note = notes.getOrDefault(slot, helper(insn));
      String code = InsnPrinter.print(insn);
      line("%6d: %s", slot, note.isEmpty() ? code : "%-40s ; %s".formatted(code, note));
      slot += insn.slots();
    }
  }

  private static Map<Integer, String> notes(BpfFunction function) {
    Map<Integer, String> notes = new HashMap<>();
    for (Relocation relocation : function.relocations()) {
      notes.put(relocation.at().value(), describe(relocation.target()));
    }
    for (CoreRelocation core : function.coreRelocations()) {
      notes.put(
          core.at().value(),
          "CO-RE " + core.kind() + " of type " + core.typeId() + " at " + core.path());
    }
    return notes;
  }

  private static String describe(Target target) {
    return switch (target) {
      case Target.MapReference(String map) -> "map " + map;
      case Target.DataReference(String section, int offset) -> section + " + " + offset;
      case Target.SubprogramCall(String function) -> function;
      case Target.SubprogramAddress(String function) -> "address of " + function;
      case Target.JumpTable(List<Integer> slots) -> "table of " + slots;
      case Target.Extern(String name, boolean weak) -> (weak ? "weak extern " : "extern ") + name;
    };
  }

  private static String helper(Insn insn) {
    return insn instanceof Insn.Call(Insn.CallKind kind, int number) && kind == Insn.CallKind.HELPER
        ? Helper.of(number).map(helper -> "bpf_" + helper.kernelName()).orElse("unknown helper")
        : "";
  }

  private void line(String format, Object... arguments) {
    text.append(format.formatted(arguments)).append('\n');
  }
}
