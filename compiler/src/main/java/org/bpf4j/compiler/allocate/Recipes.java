package org.bpf4j.compiler.allocate;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.bpf4j.compiler.allocate.Code.LineBlock;
import org.bpf4j.compiler.machine.MachineInsn;
import org.bpf4j.compiler.machine.Register;
import org.bpf4j.compiler.machine.Register.Virtual;
import org.bpf4j.compiler.ssa.Origin;

/// Values that can be made anew anywhere: constants and addresses that are fixed.
///
/// Nothing that reads memory or that the verifier gives a new identity is among them.
final class Recipes {

  private Recipes() {}

  /// The instructions that make such values, by node; only of nodes that are written once.
  static Map<Integer, MachineInsn<Register>> of(Code code) {
    Map<Integer, MachineInsn<Register>> recipes = new HashMap<>();
    Set<Integer> written = new HashSet<>();
    for (LineBlock block : code.blocks) {
      for (Line line : block.lines()) {
        MachineInsn<Register> insn = Code.insn(line).orElse(null);
        if (insn == null || insn.defined().isEmpty()) {
          continue;
        }
        int node = Code.node(insn.defined().get());
        if (!written.add(node)) {
          recipes.remove(node);
        } else if (node >= Code.COLORS && isRecipe(insn)) {
          recipes.put(node, insn);
        }
      }
    }
    return recipes;
  }

  static boolean isRecipe(MachineInsn<?> insn) {
    return insn instanceof MachineInsn.Constant<?>
        || insn instanceof MachineInsn.Address<?>
        || insn instanceof MachineInsn.FrameAddress<?>;
  }

  /// The recipe with another destination.
  static MachineInsn<Register> into(
      MachineInsn<? extends Register> recipe, Virtual dst, Origin origin) {
    return switch (recipe) {
      case MachineInsn.Constant<?> i ->
          new MachineInsn.Constant<>(i.width(), dst, i.value(), origin);
      case MachineInsn.Address<?> i -> new MachineInsn.Address<>(dst, i.symbol(), origin);
      case MachineInsn.FrameAddress<?> i ->
          new MachineInsn.FrameAddress<>(dst, i.slot(), i.offset(), origin);
      default -> throw new IllegalArgumentException("cannot be made anew: " + recipe);
    };
  }
}
