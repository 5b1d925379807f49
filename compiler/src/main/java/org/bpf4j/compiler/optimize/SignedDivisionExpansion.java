package org.bpf4j.compiler.optimize;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import org.bpf4j.compiler.ssa.Block;
import org.bpf4j.compiler.ssa.Definitions;
import org.bpf4j.compiler.ssa.Function;
import org.bpf4j.compiler.ssa.Inst;
import org.bpf4j.compiler.ssa.Inst.BinaryOp;
import org.bpf4j.compiler.ssa.Numbers;
import org.bpf4j.compiler.ssa.Origin;
import org.bpf4j.compiler.ssa.Type;
import org.bpf4j.compiler.ssa.Value;

/// Expresses signed division by unsigned division, which is all that ISA v3 has.
///
/// Without a branch: magnitudes are divided and the sign is put on the result. The smallest number
/// is its own magnitude, read as unsigned, so its quotient by −1 is itself, as in Java. Divisors
/// that are powers of two become shifts, after the bias that rounds toward zero.
final class SignedDivisionExpansion {
  private final Definitions definitions;
  private final Numbers numbers;
  private final Function function;

  static Function run(Function function) {
    return new SignedDivisionExpansion(function).expanded();
  }

  private SignedDivisionExpansion(Function function) {
    this.function = function;
    this.definitions = Definitions.of(function);
    this.numbers = Numbers.after(function);
  }

  private Function expanded() {
    return function.withBlocks(function.blocks().stream().map(this::expanded).toList());
  }

  private Block expanded(Block block) {
    List<Inst> insts = new ArrayList<>();
    for (Inst inst : block.insts()) {
      if (inst instanceof Inst.Binary division
          && (division.op() == BinaryOp.SDIV || division.op() == BinaryOp.SMOD)) {
        new Expansion(insts, division).expand();
      } else {
        insts.add(inst);
      }
    }
    return new Block(block.id(), block.parameters(), insts, block.terminator());
  }

  private final class Expansion {
    private final List<Inst> out;
    private final Inst.Binary division;
    private final Type type;
    private final Origin at;
    private final int signBit;

    Expansion(List<Inst> out, Inst.Binary division) {
      this.out = out;
      this.division = division;
      this.type = division.result().type();
      this.at = division.origin();
      this.signBit = type == Type.I64 ? 63 : 31;
    }

    void expand() {
      Value dividend = division.left();
      OptionalLong divisor = definitions.constant(division.right());
      if (divisor.isPresent()
          && divisor.getAsLong() > 1
          && Long.bitCount(divisor.getAsLong()) == 1) {
        byPowerOfTwo(dividend, Long.numberOfTrailingZeros(divisor.getAsLong()));
        return;
      }
      Value sign = emit(BinaryOp.SAR, dividend, constant(signBit));
      Value magnitude = magnitude(dividend, sign);
      Value divisorSign = emit(BinaryOp.SAR, division.right(), constant(signBit));
      Value divisorMagnitude = magnitude(division.right(), divisorSign);
      if (division.op() == BinaryOp.SDIV) {
        Value quotient = emit(BinaryOp.UDIV, magnitude, divisorMagnitude);
        withSign(quotient, emit(BinaryOp.XOR, sign, divisorSign));
      } else {
        withSign(emit(BinaryOp.UMOD, magnitude, divisorMagnitude), sign);
      }
    }

    private void byPowerOfTwo(Value dividend, int power) {
      Value sign = emit(BinaryOp.SAR, dividend, constant(signBit));
      Value bias = emit(BinaryOp.SHR, sign, constant(signBit + 1 - power));
      Value biased = emit(BinaryOp.ADD, dividend, bias);
      if (division.op() == BinaryOp.SDIV) {
        emit(division.result(), BinaryOp.SAR, biased, constant(power));
      } else {
        Value whole = emit(BinaryOp.AND, biased, constant(-(1L << power)));
        emit(division.result(), BinaryOp.SUB, dividend, whole);
      }
    }

    /// `sign` is 0 or −1: `(x ^ sign) - sign`.
    private Value magnitude(Value value, Value sign) {
      return emit(BinaryOp.SUB, emit(BinaryOp.XOR, value, sign), sign);
    }

    private void withSign(Value magnitude, Value sign) {
      emit(division.result(), BinaryOp.SUB, emit(BinaryOp.XOR, magnitude, sign), sign);
    }

    private Value constant(long number) {
      Value value = numbers.value(type);
      out.add(new Inst.Const(value, number, at));
      return value;
    }

    private Value emit(BinaryOp op, Value left, Value right) {
      Value value = numbers.value(type);
      emit(value, op, left, right);
      return value;
    }

    private void emit(Value result, BinaryOp op, Value left, Value right) {
      out.add(new Inst.Binary(result, op, left, right, at));
    }
  }
}
