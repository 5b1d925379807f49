package org.bpf4j.compiler.select;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.bpf4j.compiler.machine.MachineFunction;
import org.bpf4j.compiler.machine.MachineProgram;
import org.bpf4j.compiler.machine.Register.Virtual;
import org.bpf4j.compiler.ssa.Function.Role;
import org.bpf4j.compiler.ssa.Program;

/// Chooses instructions: `ssa.Program → MachineProgram<Virtual>`.
///
/// It takes SSA without aborts and signed divisions, which `optimize` always expands.
public final class Selector {

  private Selector() {}

  /// Chooses the instructions of every function.
  public static MachineProgram<Virtual> select(Program program) {
    Map<String, Role> roles = new HashMap<>();
    program.functions().forEach(function -> roles.put(function.name(), function.role()));
    boolean indexed = program.functions().stream().anyMatch(SharedWords::writesElsewhere);
    List<MachineFunction<Virtual>> functions =
        program.functions().stream()
            .map(function -> new FunctionSelection(function, roles, indexed).select())
            .toList();
    return new MachineProgram<>(program.kind(), program.section(), functions, program.floor());
  }
}
