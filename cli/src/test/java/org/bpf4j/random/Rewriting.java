package org.bpf4j.random;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.BiPredicate;
import java.util.function.Function;
import java.util.function.IntPredicate;
import org.bpf4j.compiler.machine.MachineBlock;
import org.bpf4j.compiler.machine.MachineFunction;
import org.bpf4j.compiler.machine.MachineInsn;
import org.bpf4j.compiler.machine.MachineProgram;
import org.bpf4j.compiler.machine.Register;
import org.bpf4j.compiler.ssa.Block;
import org.bpf4j.compiler.ssa.Inst;
import org.bpf4j.compiler.ssa.Program;
import org.bpf4j.compiler.ssa.Terminator;

/// Changes some instructions of a program and leaves the others.
///
/// What could be changed is counted through the program; `chosen` says which of them are.
interface Rewriting {

  /// The program with some of its instructions changed.
  Program ssa(Program program, IntPredicate chosen);

  /// The program with some of its instructions changed.
  <R extends Register> MachineProgram<R> machine(MachineProgram<R> program, IntPredicate chosen);

  /// Changes instructions of SSA one by one.
  static Rewriting ofInsts(Function<Inst, Optional<List<Inst>>> fault) {
    return new OfSsa() {
      @Override
      Block block(Block block, org.bpf4j.compiler.ssa.Function in, Choice choice) {
        List<Inst> insts = new ArrayList<>();
        for (Inst inst : block.insts()) {
          Optional<List<Inst>> changed = fault.apply(inst);
          insts.addAll(changed.isPresent() && choice.next() ? changed.get() : List.of(inst));
        }
        return new Block(block.id(), block.parameters(), insts, block.terminator());
      }
    };
  }

  /// Exchanges neighbours in SSA.
  static Rewriting ofPairs(BiPredicate<Inst, Inst> fault) {
    return new OfSsa() {
      @Override
      Block block(Block block, org.bpf4j.compiler.ssa.Function in, Choice choice) {
        List<Inst> insts = new ArrayList<>(block.insts());
        for (int i = 0; i + 1 < insts.size(); i++) {
          if (fault.test(insts.get(i), insts.get(i + 1)) && choice.next()) {
            insts.add(i, insts.remove(i + 1));
          }
        }
        return new Block(block.id(), block.parameters(), insts, block.terminator());
      }
    };
  }

  /// Changes how blocks of SSA end.
  static Rewriting ofEnds(
      BiFunction<Terminator, org.bpf4j.compiler.ssa.Function, Optional<Terminator>> fault) {
    return new OfSsa() {
      @Override
      Block block(Block block, org.bpf4j.compiler.ssa.Function in, Choice choice) {
        Optional<Terminator> changed = fault.apply(block.terminator(), in);
        Terminator end = changed.isPresent() && choice.next() ? changed.get() : block.terminator();
        return new Block(block.id(), block.parameters(), block.insts(), end);
      }
    };
  }

  /// Changes the machine's instructions, but for those that end blocks.
  static Rewriting ofMachine(
      Function<MachineInsn<Register>, Optional<List<MachineInsn<Register>>>> fault) {
    return new Rewriting() {
      @Override
      public Program ssa(Program program, IntPredicate chosen) {
        return program;
      }

      @Override
      public <R extends Register> MachineProgram<R> machine(
          MachineProgram<R> program, IntPredicate chosen) {
        Choice choice = new Choice(chosen);
        return new MachineProgram<>(
            program.kind(),
            program.section(),
            program.functions().stream().map(f -> function(f, choice)).toList(),
            program.floor());
      }

      private <R extends Register> MachineFunction<R> function(
          MachineFunction<R> function, Choice choice) {
        List<MachineBlock<R>> blocks = new ArrayList<>();
        for (MachineBlock<R> block : function.blocks()) {
          List<MachineInsn<R>> insns = new ArrayList<>();
          block.insns().forEach(insn -> insns.addAll(insn(insn, choice)));
          blocks.add(new MachineBlock<>(block.id(), insns, block.end()));
        }
        return new MachineFunction<>(
            function.name(),
            function.role(),
            function.parameters(),
            blocks,
            function.slots(),
            function.span());
      }

      /// A fault gives registers of the kind that it got.
      @SuppressWarnings("unchecked")
      private <R extends Register> List<MachineInsn<R>> insn(MachineInsn<R> insn, Choice choice) {
        Optional<List<MachineInsn<Register>>> changed =
            fault.apply(insn.map(Function.<Register>identity()));
        return changed.isPresent() && choice.next()
            ? changed.get().stream().map(i -> i.<R>map(register -> (R) register)).toList()
            : List.of(insn);
      }
    };
  }

  /// Counts what could be changed.
  final class Choice {
    private final IntPredicate chosen;
    private int number;

    Choice(IntPredicate chosen) {
      this.chosen = chosen;
    }

    boolean next() {
      return chosen.test(number++);
    }
  }

  /// Changes the blocks of SSA.
  abstract class OfSsa implements Rewriting {

    abstract Block block(Block block, org.bpf4j.compiler.ssa.Function in, Choice choice);

    @Override
    public Program ssa(Program program, IntPredicate chosen) {
      Choice choice = new Choice(chosen);
      return program.withFunctions(
          program.functions().stream()
              .map(f -> f.withBlocks(f.blocks().stream().map(b -> block(b, f, choice)).toList()))
              .toList());
    }

    @Override
    public <R extends Register> MachineProgram<R> machine(
        MachineProgram<R> program, IntPredicate chosen) {
      return program;
    }
  }
}
