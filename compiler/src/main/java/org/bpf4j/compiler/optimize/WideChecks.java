package org.bpf4j.compiler.optimize;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.bpf4j.compiler.ssa.Block;
import org.bpf4j.compiler.ssa.Definitions;
import org.bpf4j.compiler.ssa.Fact;
import org.bpf4j.compiler.ssa.Function;
import org.bpf4j.compiler.ssa.Inst;
import org.bpf4j.compiler.ssa.Inst.CompareOp;
import org.bpf4j.compiler.ssa.Inst.UnaryOp;
import org.bpf4j.compiler.ssa.Numbers;
import org.bpf4j.compiler.ssa.Origin;
import org.bpf4j.compiler.ssa.Terminator;
import org.bpf4j.compiler.ssa.Type;
import org.bpf4j.compiler.ssa.Value;

/// Checks the whole register where an offset of 32 bits is checked.
///
/// The upper half is zero, so the outcome is the same. But the verifier does not know that of every
/// number: behind a division, a change of byte order or a shift by an unknown count it has
/// forgotten the upper half, and a check of the lower one alone would not bound the offset. What
/// becomes a block's parameter may have been checked on the way there.
final class WideChecks {
  private final Function function;
  private final Definitions definitions;
  private final Numbers numbers;
  private final Set<Value> checked = new HashSet<>();

  static Function run(Function function) {
    WideChecks checks = new WideChecks(function);
    return checks.checked.isEmpty()
        ? function
        : function.withBlocks(function.blocks().stream().map(checks::widened).toList());
  }

  private WideChecks(Function function) {
    this.function = function;
    this.definitions = Definitions.of(function);
    this.numbers = Numbers.after(function);
    findChecked();
  }

  private void findChecked() {
    for (Block block : function.blocks()) {
      for (Inst inst : block.insts()) {
        if (inst instanceof Inst.Refine refine
            && refine.fact() instanceof Fact.Range
            && refine.value().type() == Type.I32) {
          checked.add(definitions.unrefined(refine.value()));
        }
      }
    }
    Map<Value, List<Value>> passed = function.passed();
    Deque<Value> open = new ArrayDeque<>(checked);
    while (!open.isEmpty()) {
      passed.getOrDefault(open.remove(), List.of()).stream()
          .map(definitions::unrefined)
          .filter(checked::add)
          .forEach(open::add);
    }
  }

  private Block widened(Block block) {
    if (!(block.terminator() instanceof Terminator.Branch t)
        || t.left().type() != Type.I32
        || !isUnsigned(t.op())
        || !(isChecked(t.left()) || isChecked(t.right()))) {
      return block;
    }
    List<Inst> insts = new ArrayList<>(block.insts());
    Value left = widened(t.left(), insts, t.origin());
    Value right = widened(t.right(), insts, t.origin());
    return new Block(
        block.id(),
        block.parameters(),
        insts,
        new Terminator.Branch(t.op(), left, right, t.then(), t.otherwise(), t.origin()));
  }

  private boolean isChecked(Value value) {
    return checked.contains(definitions.unrefined(value));
  }

  private static boolean isUnsigned(CompareOp op) {
    return switch (op) {
      case ULT, ULE, UGT, UGE -> true;
      case EQ, NE, SLT, SLE, SGT, SGE -> false;
    };
  }

  private Value widened(Value value, List<Inst> insts, Origin at) {
    Value wide = numbers.value(Type.I64);
    insts.add(
        definitions.constant(value).isPresent()
            ? new Inst.Const(wide, definitions.constant(value).getAsLong() & 0xffff_ffffL, at)
            : new Inst.Unary(wide, UnaryOp.ZEXT32, value, at));
    return wide;
  }
}
