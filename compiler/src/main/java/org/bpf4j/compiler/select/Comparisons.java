package org.bpf4j.compiler.select;

import org.bpf4j.compiler.machine.MachineInsn;
import org.bpf4j.compiler.machine.MachineInsn.Source;
import org.bpf4j.compiler.machine.Register.Virtual;
import org.bpf4j.compiler.ssa.Inst;
import org.bpf4j.compiler.ssa.Inst.CompareOp;
import org.bpf4j.compiler.ssa.Origin;
import org.bpf4j.compiler.ssa.Type;
import org.bpf4j.compiler.ssa.Value;
import org.bpf4j.isa.Insn.AluOp;
import org.bpf4j.isa.Insn.JumpOp;
import org.bpf4j.isa.Width;

/// Selects comparisons whose result is kept as 0 or 1.
///
/// Where the difference of the operands tells the answer it is computed without a branch, since
/// each branch doubles what the verifier looks at; else by a small diamond.
final class Comparisons {

  private final Uses uses;
  private final Operands operands;
  private final Assembly assembly;

  Comparisons(Uses uses, Operands operands, Assembly assembly) {
    this.uses = uses;
    this.operands = operands;
    this.assembly = assembly;
  }

  static JumpOp jumpOp(CompareOp op) {
    return switch (op) {
      case EQ -> JumpOp.EQ;
      case NE -> JumpOp.NE;
      case SLT -> JumpOp.SLT;
      case SLE -> JumpOp.SLE;
      case SGT -> JumpOp.SGT;
      case SGE -> JumpOp.SGE;
      case ULT -> JumpOp.LT;
      case ULE -> JumpOp.LE;
      case UGT -> JumpOp.GT;
      case UGE -> JumpOp.GE;
    };
  }

  void materialise(Inst.Compare i) {
    Virtual dst = operands.home(i.result());
    boolean narrow = i.left().type() == Type.I32;
    boolean testsSign =
        narrow
            && (i.op() == CompareOp.SLT || i.op() == CompareOp.SGE)
            && uses.constant(i.right()).orElse(1) == 0;
    if (testsSign) {
      operands.write(dst, i.left(), i.origin());
      assembly.alu(Width.W32, AluOp.RSH, dst, Integer.SIZE - 1, i.origin());
      negateIf(i.op() == CompareOp.SGE, dst, i.origin());
    } else if (narrow && isUnsigned(i.op())) {
      withoutBranch(i, dst);
    } else {
      diamond(i, dst);
    }
  }

  private static boolean isUnsigned(CompareOp op) {
    return switch (op) {
      case EQ, NE, ULT, ULE, UGT, UGE -> true;
      case SLT, SLE, SGT, SGE -> false;
    };
  }

  /// Two 32-bit numbers in 64-bit registers: the sign of a difference is its carry.
  private void withoutBranch(Inst.Compare i, Virtual dst) {
    switch (i.op()) {
      case ULT, UGE -> {
        borrow(dst, i.left(), i.right(), i.origin());
        negateIf(i.op() == CompareOp.UGE, dst, i.origin());
      }
      case UGT, ULE -> {
        borrow(dst, i.right(), i.left(), i.origin());
        negateIf(i.op() == CompareOp.ULE, dst, i.origin());
      }
      case EQ, NE -> {
        boolean leftConstant = uses.constant(i.left()).isPresent();
        Value value = leftConstant ? i.right() : i.left();
        Value other = leftConstant ? i.left() : i.right();
        Source<Virtual> source = operands.source(other, i.origin());
        operands.write(dst, value, i.origin());
        if (uses.constant(other).orElse(1) != 0) {
          assembly.add(new MachineInsn.Alu<>(Width.W32, AluOp.XOR, dst, source, i.origin()));
        }
        if (i.op() == CompareOp.EQ) {
          assembly.alu(Width.W64, AluOp.ADD, dst, -1, i.origin());
        } else {
          assembly.alu(Width.W64, AluOp.NEG, dst, 0, i.origin());
        }
        assembly.alu(Width.W64, AluOp.RSH, dst, Long.SIZE - 1, i.origin());
      }
      case SLT, SLE, SGT, SGE -> diamond(i, dst);
    }
  }

  /// `dst = smaller < greater`, unsigned.
  private void borrow(Virtual dst, Value smaller, Value greater, Origin origin) {
    long constant = uses.constant(greater).orElse(-1);
    if (constant >= 0) {
      operands.write(dst, smaller, origin);
      assembly.alu(Width.W64, AluOp.SUB, dst, (int) constant, origin);
    } else {
      Virtual subtrahend = operands.read(greater, origin);
      operands.write(dst, smaller, origin);
      assembly.alu(Width.W64, AluOp.SUB, dst, subtrahend, origin);
    }
    assembly.alu(Width.W64, AluOp.RSH, dst, Long.SIZE - 1, origin);
  }

  private void negateIf(boolean negate, Virtual dst, Origin origin) {
    if (negate) {
      assembly.alu(Width.W32, AluOp.XOR, dst, 1, origin);
    }
  }

  private void diamond(Inst.Compare i, Virtual dst) {
    boolean exchange = uses.constant(i.left()).isPresent();
    CompareOp op = exchange ? i.op().swapped() : i.op();
    Virtual left = operands.read(exchange ? i.right() : i.left(), i.origin());
    Source<Virtual> right = operands.source(exchange ? i.left() : i.right(), i.origin());
    int zero = assembly.freshBlock();
    int join = assembly.freshBlock();
    assembly.constant(dst, 1, i.origin());
    assembly.end(
        new MachineInsn.Branch<>(
            Operands.width(i.left().type()), jumpOp(op), left, right, join, zero, i.origin()));
    assembly.proceed(zero);
    assembly.constant(dst, 0, i.origin());
    assembly.end(new MachineInsn.Jump<>(join, i.origin()));
    assembly.proceed(join);
  }
}
