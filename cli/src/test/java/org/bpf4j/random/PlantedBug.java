package org.bpf4j.random;

import java.util.List;
import java.util.function.UnaryOperator;
import org.bpf4j.isa.Insn;
import org.bpf4j.isa.Insn.Alu;
import org.bpf4j.isa.Insn.AluOp;
import org.bpf4j.isa.Insn.Branch;
import org.bpf4j.isa.Insn.ImmKind;
import org.bpf4j.isa.Insn.JumpOp;
import org.bpf4j.isa.Insn.Load;
import org.bpf4j.isa.Insn.LoadImm64;
import org.bpf4j.isa.Insn.Operand;
import org.bpf4j.isa.Insn.Operand.Imm;
import org.bpf4j.isa.Insn.Operand.Reg;
import org.bpf4j.isa.Insn.Order;
import org.bpf4j.isa.Insn.Store;
import org.bpf4j.isa.Insn.Swap;
import org.bpf4j.isa.MemorySize;
import org.bpf4j.isa.Width;
import org.bpf4j.object.BpfFunction;
import org.bpf4j.object.BpfObject;
import org.bpf4j.object.CodeSection;

/// A mistake that instruction selection could make: a wrong instruction wherever a certain one
/// would be right.
///
/// The instruction that takes the place has the same size, so everything that points at it stays
/// right.
enum PlantedBug implements UnaryOperator<BpfObject> {
  /// An `int` that becomes a `long` is not sign-extended.
  WIDENING_WITHOUT_SIGN {
    @Override
    Insn plant(Insn insn) {
      return insn instanceof Alu(Width width, AluOp op, var dst, Imm(int bits))
              && op == AluOp.ARSH
              && bits == 32
          ? new Alu(width, AluOp.RSH, dst, new Imm(bits))
          : insn;
    }
  },
  /// `>>` of an `int` by a variable shifts in zeroes.
  SHIFT_WITHOUT_SIGN {
    @Override
    Insn plant(Insn insn) {
      return insn instanceof Alu(Width width, AluOp op, var dst, Reg src) && op == AluOp.ARSH
          ? new Alu(width, AluOp.RSH, dst, src)
          : insn;
    }
  },
  /// A `byte` is not sign-extended: the second half of the usual pair of shifts is a logical one.
  BYTE_WITHOUT_SIGN {
    @Override
    Insn plant(Insn insn) {
      return insn instanceof Alu(Width width, AluOp op, var dst, Imm(int bits))
              && op == AluOp.ARSH
              && (bits == 24 || bits == 56)
          ? new Alu(width, AluOp.RSH, dst, new Imm(bits))
          : insn;
    }
  },
  /// `<` of `int` compares without sign.
  COMPARISON_WITHOUT_SIGN {
    @Override
    Insn plant(Insn insn) {
      return insn instanceof Branch(Width width, JumpOp op, var dst, Operand src, int off)
              && width == Width.W32
              && (op == JumpOp.SLT || op == JumpOp.SGT)
          ? new Branch(width, op == JumpOp.SLT ? JumpOp.LT : JumpOp.GT, dst, src, off)
          : insn;
    }
  },
  /// `>=` means `>`.
  COMPARISON_OFF_BY_ONE {
    @Override
    Insn plant(Insn insn) {
      return insn instanceof Branch(Width width, JumpOp op, var dst, Operand src, int off)
              && (op == JumpOp.SGE || op == JumpOp.SLE)
          ? new Branch(width, op == JumpOp.SGE ? JumpOp.SGT : JumpOp.SLT, dst, src, off)
          : insn;
    }
  },
  /// `==` of `long` looks at the lower half only.
  EQUALITY_TOO_NARROW {
    @Override
    Insn plant(Insn insn) {
      return insn instanceof Branch(Width width, JumpOp op, var dst, Operand src, int off)
              && width == Width.W64
              && (op == JumpOp.EQ || op == JumpOp.NE)
          ? new Branch(Width.W32, op, dst, src, off)
          : insn;
    }
  },
  /// Two bytes in network order are taken as they are.
  MISSING_SWAP {
    @Override
    Insn plant(Insn insn) {
      return insn instanceof Swap(Order order, int bits, var dst) && order == Order.BE && bits == 16
          ? new Swap(Order.LE, bits, dst)
          : insn;
    }
  },
  /// Stores of two bytes write one.
  STORE_TOO_NARROW {
    @Override
    Insn plant(Insn insn) {
      return insn instanceof Store(MemorySize size, var base, int off, Operand src)
              && size == MemorySize.H
          ? new Store(MemorySize.B, base, off, src)
          : insn;
    }
  },
  /// Loads of two bytes read one.
  LOAD_TOO_NARROW {
    @Override
    Insn plant(Insn insn) {
      return insn instanceof Load(MemorySize size, boolean signed, var dst, var base, int off)
              && size == MemorySize.H
              && !signed
          ? new Load(MemorySize.B, false, dst, base, off)
          : insn;
    }
  },
  /// A `long` constant loses its upper half.
  CONSTANT_CUT {
    @Override
    Insn plant(Insn insn) {
      return insn instanceof LoadImm64(var dst, ImmKind kind, long value) && kind == ImmKind.VALUE
          ? new LoadImm64(dst, kind, (int) value)
          : insn;
    }
  };

  /// The instruction that the buggy compiler emits instead.
  abstract Insn plant(Insn insn);

  @Override
  public BpfObject apply(BpfObject object) {
    List<CodeSection> code =
        object.code().stream()
            .map(
                section ->
                    new CodeSection(
                        section.name(), section.functions().stream().map(this::plantIn).toList()))
            .toList();
    return new BpfObject(
        object.license(),
        code,
        object.maps(),
        object.data(),
        object.btf(),
        object.note(),
        object.origins());
  }

  private BpfFunction plantIn(BpfFunction function) {
    return new BpfFunction(
        function.name(),
        function.global(),
        function.insns().stream().map(this::plant).toList(),
        function.relocations(),
        function.coreRelocations(),
        function.lines(),
        function.btfType());
  }
}
