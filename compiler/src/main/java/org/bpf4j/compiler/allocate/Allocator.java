package org.bpf4j.compiler.allocate;

import java.util.ArrayList;
import java.util.List;
import org.bpf4j.compiler.allocate.Code.LineBlock;
import org.bpf4j.compiler.diagnostic.CompilerBug;
import org.bpf4j.compiler.machine.MachineBlock;
import org.bpf4j.compiler.machine.MachineFlow;
import org.bpf4j.compiler.machine.MachineFunction;
import org.bpf4j.compiler.machine.MachineInsn;
import org.bpf4j.compiler.machine.MachineProgram;
import org.bpf4j.compiler.machine.Register;
import org.bpf4j.compiler.machine.Register.Physical;
import org.bpf4j.compiler.machine.Register.Virtual;
import org.bpf4j.isa.Width;

/// Assigns registers: `MachineProgram<Virtual> → MachineProgram<Physical>`.
///
/// Each result is checked: every instruction reads the values that it read before.
public final class Allocator {

  /// Each round spills at least one register for good, and what it adds cannot be spilled again; in
  /// practice three are enough.
  private static final int MAX_ROUNDS = 100;

  private Allocator() {}

  /// Assigns the registers of every function.
  public static MachineProgram<Physical> allocate(MachineProgram<Virtual> program) {
    return new MachineProgram<>(
        program.kind(),
        program.section(),
        program.functions().stream().map(Allocator::allocate).toList(),
        program.floor());
  }

  /// Assigns the registers of a function.
  public static MachineFunction<Physical> allocate(MachineFunction<Virtual> function) {
    MachineFlow flow = MachineFlow.of(function);
    Code code = Pinning.pin(function);
    AllocationChecker checker = new AllocationChecker(code, flow);
    for (int round = 0; round < MAX_ROUNDS; round++) {
      InterferenceGraph graph = InterferenceGraph.of(code, flow);
      Coloring coloring = Coloring.of(graph);
      if (!hasSpills(graph, coloring)) {
        DeadSpills.remove(code, flow);
        checker.check(coloring);
        return finish(code, coloring);
      }
      Spilling.rewrite(code, graph, coloring);
    }
    throw new CompilerBug("no registers for " + function.name() + " in " + MAX_ROUNDS + " rounds");
  }

  private static boolean hasSpills(InterferenceGraph graph, Coloring coloring) {
    for (int node = Code.COLORS; node < graph.nodes; node++) {
      if (coloring.isSpilled(node)) {
        return true;
      }
    }
    return false;
  }

  private static MachineFunction<Physical> finish(Code code, Coloring coloring) {
    MachineFunction<Virtual> source = code.source;
    List<MachineBlock<Physical>> blocks = new ArrayList<>();
    for (LineBlock block : code.blocks) {
      List<MachineInsn<Physical>> insns = new ArrayList<>();
      for (Line line : block.lines()) {
        Code.insn(line)
            .map(insn -> insn.map(register -> physical(register, coloring)))
            .filter(insn -> !isIdle(insn))
            .ifPresent(insns::add);
      }
      MachineInsn.End<Physical> end = (MachineInsn.End<Physical>) insns.removeLast();
      blocks.add(new MachineBlock<>(block.id(), insns, end));
    }
    List<Physical> parameters = new ArrayList<>();
    for (int i = 1; i <= source.parameters().size(); i++) {
      parameters.add(Physical.of(i));
    }
    return new MachineFunction<>(
        source.name(), source.role(), parameters, blocks, code.slots, source.span());
  }

  private static Physical physical(Register register, Coloring coloring) {
    return Physical.of(coloring.color(Code.node(register)));
  }

  private static boolean isIdle(MachineInsn<Physical> insn) {
    return insn instanceof MachineInsn.Move<Physical> move
        && move.width() == Width.W64
        && move.dst().equals(move.src());
  }
}
