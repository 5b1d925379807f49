package org.bpf4j.compiler.optimize;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.bpf4j.compiler.analyze.ValueRanges;
import org.bpf4j.compiler.analyze.ValueRanges.Range;
import org.bpf4j.compiler.ssa.Block;
import org.bpf4j.compiler.ssa.Definitions;
import org.bpf4j.compiler.ssa.Function;
import org.bpf4j.compiler.ssa.Inst;
import org.bpf4j.compiler.ssa.Inst.BinaryOp;
import org.bpf4j.compiler.ssa.Inst.CompareOp;
import org.bpf4j.compiler.ssa.Inst.UnaryOp;
import org.bpf4j.compiler.ssa.Terminator;
import org.bpf4j.compiler.ssa.Type;
import org.bpf4j.compiler.ssa.Value;
import org.bpf4j.isa.MemorySize;

/// Uses the bounds of values: drops checks, masks and extensions that change nothing, divides
/// non-negative numbers as unsigned, and reads a byte that is only used unsigned as unsigned.
///
/// Checks, masks and zero extensions are dropped only for bounds that the verifier knows as well,
/// since an access may depend on them.
final class RangeSimplification {
  private final Function function;
  private final ValueRanges ranges;
  private final ValueRanges verified;
  private final Definitions definitions;
  private final Substitution substitution = new Substitution();
  private final Set<Value> readUnsigned = new HashSet<>();

  static Function run(Function function) {
    return new RangeSimplification(Reachable.run(function)).simplified();
  }

  private RangeSimplification(Function function) {
    this.function = function;
    this.ranges = ValueRanges.of(function);
    this.verified = ValueRanges.asSeenByVerifier(function);
    this.definitions = Definitions.of(function);
    findReadUnsigned();
  }

  private Function simplified() {
    List<Block> blocks = new ArrayList<>();
    for (Block block : function.blocks()) {
      List<Inst> insts = new ArrayList<>();
      block.insts().forEach(inst -> simplified(inst).ifPresent(insts::add));
      blocks.add(new Block(block.id(), block.parameters(), insts, simplified(block.terminator())));
    }
    return substitution.apply(function.withBlocks(blocks));
  }

  /// Signed narrow loads all of whose uses look at the loaded bits only.
  private void findReadUnsigned() {
    Map<Value, Inst.Load> candidates = new HashMap<>();
    for (Block block : function.blocks()) {
      for (Inst inst : block.insts()) {
        if (inst instanceof Inst.Load load && load.signed() && load.size().bytes() < 4) {
          candidates.put(load.result(), load);
        }
      }
    }
    Set<Value> used = new HashSet<>();
    for (Block block : function.blocks()) {
      for (Inst inst : block.insts()) {
        for (Value operand : inst.operands()) {
          used.add(operand);
          Inst.Load load = candidates.get(operand);
          if (load != null && !looksAtLowBits(inst, operand, load.size())) {
            candidates.remove(operand);
          }
        }
      }
      block.terminator().operands().forEach(candidates::remove);
    }
    candidates.keySet().stream().filter(used::contains).forEach(readUnsigned::add);
  }

  private boolean looksAtLowBits(Inst inst, Value operand, MemorySize size) {
    long mask = size == MemorySize.B ? 0xff : 0xffff;
    return switch (inst) {
      case Inst.Unary u ->
          u.op() == UnaryOp.ZEXT8 || (u.op() == UnaryOp.ZEXT16 && size == MemorySize.H);
      case Inst.Binary b -> {
        OptionalLong right = definitions.constant(b.right());
        yield b.op() == BinaryOp.AND
            && b.left().equals(operand)
            && right.isPresent()
            && right.getAsLong() >= 0
            && right.getAsLong() <= mask;
      }
      case Inst.Store s ->
          s.value().equals(operand)
              && !s.base().equals(operand)
              && s.size().bytes() <= size.bytes();
      default -> false;
    };
  }

  private Optional<Inst> simplified(Inst inst) {
    return switch (inst) {
      case Inst.Load i when readUnsigned.contains(i.result()) ->
          Optional.of(
              new Inst.Load(
                  i.result(),
                  i.size(),
                  false,
                  i.base(),
                  i.offset(),
                  i.region(),
                  i.kept(),
                  i.origin()));
      case Inst.Unary i -> simplified(i);
      case Inst.Binary i -> simplified(i);
      case Inst.Compare i -> {
        Optional<Boolean> holds = decide(i.op(), i.left(), i.right());
        yield Optional.of(
            holds.isPresent() ? new Inst.Const(i.result(), holds.get() ? 1 : 0, i.origin()) : i);
      }
      default -> Optional.of(inst);
    };
  }

  private Optional<Inst> unchanged(Value result, Value operand) {
    substitution.replace(result, operand);
    return Optional.empty();
  }

  private Optional<Inst> simplified(Inst.Unary i) {
    Value operand = i.operand();
    return switch (i.op()) {
      case ZEXT8 ->
          verified.of(operand).within(0, 0xff) ? unchanged(i.result(), operand) : Optional.of(i);
      case ZEXT16 ->
          verified.of(operand).within(0, 0xffff) ? unchanged(i.result(), operand) : Optional.of(i);
      case SEXT8 ->
          ranges.of(operand).within(0, 0x7f) ? unchanged(i.result(), operand) : Optional.of(i);
      case SEXT16 ->
          ranges.of(operand).within(0, 0x7fff) ? unchanged(i.result(), operand) : Optional.of(i);
      case SEXT32 ->
          Optional.of(
              ranges.isNonNegative(operand)
                  ? new Inst.Unary(i.result(), UnaryOp.ZEXT32, operand, i.origin())
                  : i);
      case NEG, ZEXT32, TRUNC, BE16, BE32, BE64, ADDRESS, POINTER, NUMBER, ARENA, ARENA_ADDRESS ->
          Optional.of(i);
    };
  }

  private Optional<Inst> simplified(Inst.Binary i) {
    boolean nonNegative = ranges.isNonNegative(i.left()) && ranges.isNonNegative(i.right());
    return switch (i.op()) {
      case SDIV -> Optional.of(nonNegative ? with(i, BinaryOp.UDIV) : i);
      case SMOD -> Optional.of(nonNegative ? with(i, BinaryOp.UMOD) : i);
      case SAR -> Optional.of(ranges.isNonNegative(i.left()) ? with(i, BinaryOp.SHR) : i);
      case AND -> {
        OptionalLong mask = definitions.constant(i.right());
        boolean lowBits =
            mask.isPresent() && mask.getAsLong() > 0 && Long.bitCount(mask.getAsLong() + 1) == 1;
        yield lowBits && verified.of(i.left()).within(0, mask.getAsLong())
            ? unchanged(i.result(), i.left())
            : Optional.of(i);
      }
      case ADD, SUB, MUL, UDIV, UMOD, OR, XOR, SHL, SHR -> Optional.of(i);
    };
  }

  private static Inst with(Inst.Binary i, BinaryOp op) {
    return new Inst.Binary(i.result(), op, i.left(), i.right(), i.origin());
  }

  private Terminator simplified(Terminator end) {
    if (end instanceof Terminator.Branch t) {
      Optional<Boolean> holds = decide(t.op(), t.left(), t.right());
      if (holds.isPresent()) {
        return new Terminator.Jump(holds.get() ? t.then() : t.otherwise(), t.origin());
      }
    }
    return end;
  }

  /// Whether the condition always holds, or never; for what the verifier knows.
  private Optional<Boolean> decide(CompareOp op, Value left, Value right) {
    if (left.type() == Type.PTR) {
      return Optional.empty();
    }
    Range a = verified.of(left);
    Range b = verified.of(right);
    boolean sameSigns = verified.isNonNegative(left) && verified.isNonNegative(right);
    return switch (op) {
      case EQ -> disjoint(a, b) ? Optional.of(false) : Optional.empty();
      case NE -> disjoint(a, b) ? Optional.of(true) : Optional.empty();
      case ULT -> less(a, b);
      case UGT -> less(b, a);
      case ULE -> less(b, a).map(holds -> !holds);
      case UGE -> less(a, b).map(holds -> !holds);
      case SLT -> sameSigns ? less(a, b) : Optional.empty();
      case SGT -> sameSigns ? less(b, a) : Optional.empty();
      case SLE -> sameSigns ? less(b, a).map(holds -> !holds) : Optional.empty();
      case SGE -> sameSigns ? less(a, b).map(holds -> !holds) : Optional.empty();
    };
  }

  private static boolean disjoint(Range a, Range b) {
    return Long.compareUnsigned(a.max(), b.min()) < 0 || Long.compareUnsigned(b.max(), a.min()) < 0;
  }

  private static Optional<Boolean> less(Range a, Range b) {
    if (Long.compareUnsigned(a.max(), b.min()) < 0) {
      return Optional.of(true);
    } else if (Long.compareUnsigned(a.min(), b.max()) >= 0) {
      return Optional.of(false);
    }
    return Optional.empty();
  }
}
