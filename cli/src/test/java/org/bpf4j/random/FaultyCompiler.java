package org.bpf4j.random;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.bpf4j.compiler.allocate.Allocator;
import org.bpf4j.compiler.ast.Program;
import org.bpf4j.compiler.emit.Emitter;
import org.bpf4j.compiler.link.Linker;
import org.bpf4j.compiler.machine.MachineProgram;
import org.bpf4j.compiler.machine.Register.Physical;
import org.bpf4j.compiler.machine.Register.Virtual;
import org.bpf4j.compiler.optimize.Optimizer;
import org.bpf4j.compiler.select.Selector;
import org.bpf4j.compiler.translate.Translator;
import org.bpf4j.object.BpfObject;

/// The stages of the compiler with a fault between two of them.
///
/// What comes before the fault is computed once for all faults.
final class FaultyCompiler {

  private final Program program;
  private final List<org.bpf4j.compiler.ssa.Program> translated;
  private final List<org.bpf4j.compiler.ssa.Program> optimized;

  FaultyCompiler(Build build) {
    program = Linker.link(build.unit(), build::find).program().orElseThrow();
    translated = Translator.translate(program).programs();
    optimized = translated.stream().map(Optimizer::optimize).toList();
  }

  /// The object that a compiler with the fault makes; none if it finds that it cannot.
  Optional<BpfObject> compile(Fault fault) {
    FaultKind.Stage stage = fault.kind().stage();
    Rewriting rewriting = fault.kind().rewriting();
    List<MachineProgram<Physical>> machines = new ArrayList<>();
    for (int i = 0; i < translated.size(); i++) {
      org.bpf4j.compiler.ssa.Program ssa =
          stage == FaultKind.Stage.TRANSLATED
              ? Optimizer.optimize(rewriting.ssa(translated.get(i), fault::strikes))
              : optimized.get(i);
      MachineProgram<Virtual> selected =
          Selector.select(
              stage == FaultKind.Stage.OPTIMIZED ? rewriting.ssa(ssa, fault::strikes) : ssa);
      MachineProgram<Physical> allocated =
          Allocator.allocate(
              stage == FaultKind.Stage.SELECTED
                  ? rewriting.machine(selected, fault::strikes)
                  : selected);
      machines.add(
          stage == FaultKind.Stage.ALLOCATED
              ? rewriting.machine(allocated, fault::strikes)
              : allocated);
    }
    return Emitter.emit(program, machines).object();
  }
}
