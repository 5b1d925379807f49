package org.bpf4j.compiler.optimize;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.bpf4j.compiler.analyze.ValueRanges;
import org.bpf4j.compiler.ssa.Block;
import org.bpf4j.compiler.ssa.Definitions;
import org.bpf4j.compiler.ssa.Fact;
import org.bpf4j.compiler.ssa.Function;
import org.bpf4j.compiler.ssa.Inst;
import org.bpf4j.compiler.ssa.Inst.BinaryOp;
import org.bpf4j.compiler.ssa.Inst.UnaryOp;
import org.bpf4j.compiler.ssa.Numbers;
import org.bpf4j.compiler.ssa.Origin;
import org.bpf4j.compiler.ssa.Type;
import org.bpf4j.compiler.ssa.Value;

/// Makes verifiers forget that an offset is another number plus a large constant, once its range is
/// known.
///
/// From Linux 6.11 on they remember it while that other number is in a register, and take the
/// constant for a part of the address that the offset is added to: no address may be so far off. A
/// mask of all bits that the offset can have changes nothing, but the memory. A constant is what
/// verifiers take for one: a `@Config` has its value by then, and so has memory on the stack.
final class FarOffsets {
  /// `BPF_MAX_VAR_OFF`: no part of an address may be as large.
  private static final long FAR = 1L << 29;

  private static final Set<UnaryOp> RESIZING =
      Set.of(UnaryOp.ZEXT32, UnaryOp.SEXT32, UnaryOp.TRUNC);

  private static final Set<UnaryOp> SIGNED = Set.of(UnaryOp.SEXT8, UnaryOp.SEXT16);

  private final Definitions definitions;
  private final ValueRanges ranges;
  private final Numbers numbers;
  private final Map<Value, List<Value>> passed;

  static Function run(Function function) {
    FarOffsets offsets = new FarOffsets(function);
    return function.withBlocks(function.blocks().stream().map(offsets::masked).toList());
  }

  private FarOffsets(Function function) {
    definitions = Definitions.of(function);
    ranges = ValueRanges.of(function);
    numbers = Numbers.after(function);
    passed = function.passed();
  }

  private Block masked(Block block) {
    if (block.insts().stream().noneMatch(this::isFar)) {
      return block;
    }
    List<Inst> insts = new ArrayList<>();
    for (Inst inst : block.insts()) {
      if (inst instanceof Inst.Refine(Value result, Value value, Fact.Range range, Origin at)
          && isFar(inst)) {
        Value inRange = numbers.value(result.type());
        Value mask = numbers.value(result.type());
        long bits = -1L >>> Long.numberOfLeadingZeros(range.max());
        insts.add(new Inst.Refine(inRange, value, range, at));
        insts.add(new Inst.Const(mask, bits, at));
        insts.add(new Inst.Binary(result, BinaryOp.AND, inRange, mask, at));
      } else {
        insts.add(inst);
      }
    }
    return new Block(block.id(), block.parameters(), insts, block.terminator());
  }

  private boolean isFar(Inst inst) {
    return inst instanceof Inst.Refine refine
        && refine.fact() instanceof Fact.Range(long min, long max)
        && min >= 0
        && max > 0
        && isFar(refine.value(), new HashSet<>());
  }

  private boolean isFar(Value value, Set<Value> seen) {
    if (!seen.add(value)) {
      return false;
    }
    return switch (definitions.of(value).orElse(null)) {
      case null -> passed.getOrDefault(value, List.of()).stream().anyMatch(v -> isFar(v, seen));
      case Inst.Refine refine -> isFar(refine.value(), seen);
      case Inst.Unary unary when RESIZING.contains(unary.op()) -> isFar(unary.operand(), seen);
      case Inst.Binary(_, BinaryOp op, Value left, Value right, _)
          when op == BinaryOp.ADD || op == BinaryOp.SUB ->
          isFar(right, left) || (op == BinaryOp.ADD && isFar(left, right));
      default -> false;
    };
  }

  /// Whether a summand may be a large constant, and the other is none.
  private boolean isFar(Value summand, Value other) {
    return definitions.constant(other).isEmpty() && !isSmall(summand);
  }

  private boolean isSmall(Value value) {
    return switch (definitions.of(value).orElse(null)) {
      case Inst.Load load when load.size().bytes() < Integer.BYTES -> true;
      case Inst.Unary unary when SIGNED.contains(unary.op()) -> true;
      case null, default -> {
        long most = value.type() == Type.I32 ? 0xffff_ffffL : -1;
        yield ranges.of(value).within(0, FAR - 1) || ranges.of(value).within(most - FAR + 2, most);
      }
    };
  }
}
