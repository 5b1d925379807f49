package org.bpf4j.compiler.machine;

import java.util.List;
import org.bpf4j.object.KernelVersion;
import org.bpf4j.object.ProgramKind;

/// All functions that one kernel program consists of, in machine shapes.
///
/// @param kind the program's kind
/// @param section the ELF section of the program
/// @param functions the program first, then what it calls, sorted by name
/// @param floor the oldest kernel that has all that the code uses
public record MachineProgram<R extends Register>(
    ProgramKind kind, String section, List<MachineFunction<R>> functions, KernelVersion floor) {

  /// Copies the list.
  public MachineProgram {
    functions = List.copyOf(functions);
  }

  /// The function that the kernel calls.
  public MachineFunction<R> main() {
    return functions.getFirst();
  }
}
