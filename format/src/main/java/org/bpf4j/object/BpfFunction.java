package org.bpf4j.object;

import java.util.List;
import org.bpf4j.isa.Insn;

/// One function of an object: a program or a subprogram, before relocation.
///
/// All positions are slots from the function's own start. Where a [Relocation] or [CoreRelocation]
/// names an instruction, the constant that stands in it is a placeholder.
///
/// @param name the full ELF symbol name
/// @param global whether the symbol is global: programs, and subprograms verified on their own
/// @param insns the instructions
/// @param relocations what to patch in once maps, data and subprograms have addresses
/// @param coreRelocations what to patch in from the running kernel's BTF
/// @param lines `.BTF.ext` line information, by ascending position
/// @param btfType the id of the function's BTF `FUNC`, or 0 if the object has none for it
public record BpfFunction(
    String name,
    boolean global,
    List<Insn> insns,
    List<Relocation> relocations,
    List<CoreRelocation> coreRelocations,
    List<LineRecord> lines,
    int btfType) {

  /// Copies the lists.
  public BpfFunction {
    insns = List.copyOf(insns);
    relocations = List.copyOf(relocations);
    coreRelocations = List.copyOf(coreRelocations);
    lines = List.copyOf(lines);
  }

  /// The function's length in slots.
  public int slots() {
    return Insn.slots(insns);
  }
}
