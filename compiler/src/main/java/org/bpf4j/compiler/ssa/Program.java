package org.bpf4j.compiler.ssa;

import java.util.List;
import org.bpf4j.object.KernelVersion;
import org.bpf4j.object.ProgramKind;

/// All functions that one kernel program consists of, specialised for its kind.
///
/// @param kind the program's kind, which decides the abort value
/// @param section the ELF section of the program
/// @param functions the program first, then what it calls, sorted by name
/// @param requirement the oldest kernel that has all that the code uses, and what asks for it
public record Program(
    ProgramKind kind, String section, List<Function> functions, Requirement requirement) {

  /// Copies the list.
  public Program {
    functions = List.copyOf(functions);
  }

  /// The function that the kernel calls.
  public Function main() {
    return functions.getFirst();
  }

  /// The oldest kernel that has all that the code uses.
  public KernelVersion floor() {
    return requirement.kernel();
  }

  /// The same program with other functions.
  public Program withFunctions(List<Function> replacement) {
    return new Program(kind, section, replacement, requirement);
  }

  /// The same program with another requirement.
  public Program withRequirement(Requirement replacement) {
    return new Program(kind, section, functions, replacement);
  }
}
