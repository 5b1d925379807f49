package org.bpf4j.isa;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import org.bpf4j.isa.Insn.AluOp;
import org.bpf4j.isa.Insn.AtomicOp;
import org.bpf4j.isa.Insn.CallKind;
import org.bpf4j.isa.Insn.Operand;
import org.bpf4j.isa.Insn.Order;

/// The arrow from instructions to bytes.
final class InsnEncoder {

  private final ByteBuffer out;

  InsnEncoder(int slots) {
    out = ByteBuffer.allocate(slots * InsnCodec.SLOT_BYTES).order(ByteOrder.LITTLE_ENDIAN);
  }

  byte[] encode(List<Insn> insns) {
    for (Insn insn : insns) {
      try {
        put(insn);
      } catch (IllegalArgumentException e) {
        throw new IllegalArgumentException(insn + ": " + e.getMessage(), e);
      }
    }
    return out.array();
  }

  /// Writes one instruction; one arm for each shape.
  private void put(Insn insn) {
    switch (insn) {
      case Insn.Alu i -> alu(i);
      case Insn.MoveSignExtend i -> {
        check(i.bits() == 8 || i.bits() == 16 || i.bits() == 32 && i.width() == Width.W64, "bits");
        int opcode = alu(i.width()) | Opcodes.ALU_MOV | Opcodes.SOURCE_REGISTER;
        slot(opcode, i.dst(), i.src(), i.bits(), 0);
      }
      case Insn.Swap i -> {
        check(i.bits() == 16 || i.bits() == 32 || i.bits() == 64, "bits");
        int source = i.order() == Order.BE ? Opcodes.SOURCE_REGISTER : 0;
        int kind = i.order() == Order.SWAP ? Opcodes.ALU64 : Opcodes.ALU;
        slot(kind | Opcodes.ALU_END | source, i.dst(), Register.R0, 0, i.bits());
      }
      case Insn.LoadImm64 i -> {
        slot(Opcodes.WIDE_LOAD, i.dst(), i.kind().ordinal(), 0, (int) i.value());
        slot(0, Register.R0, Register.R0, 0, (int) (i.value() >>> 32));
      }
      case Insn.Load i -> {
        check(!i.signed() || i.size() != MemorySize.DW, "size");
        int mode = i.signed() ? Opcodes.MODE_MEMSX : Opcodes.MODE_MEM;
        slot(Opcodes.LDX | mode | Opcodes.of(i.size()), i.dst(), i.base(), i.off(), 0);
      }
      case Insn.Store i -> {
        int low = Opcodes.MODE_MEM | Opcodes.of(i.size());
        switch (i.src()) {
          case Operand.Reg(Register r) -> slot(Opcodes.STX | low, i.base(), r, i.off(), 0);
          case Operand.Imm(int v) -> slot(Opcodes.ST | low, i.base(), Register.R0, i.off(), v);
        }
      }
      case Insn.Atomic i -> atomic(i);
      case Insn.Ordered i -> {
        int opcode = Opcodes.STX | Opcodes.MODE_ATOMIC | Opcodes.of(i.size());
        if (i.release()) {
          slot(opcode, i.base(), i.reg(), i.off(), Opcodes.STORE_RELEASE);
        } else {
          slot(opcode, i.reg(), i.base(), i.off(), Opcodes.LOAD_ACQUIRE);
        }
      }
      case Insn.Jump(boolean far, int off) -> {
        if (far) {
          slot(Opcodes.JMP32, Register.R0, Register.R0, 0, off);
        } else {
          slot(Opcodes.JMP, Register.R0, Register.R0, off, 0);
        }
      }
      case Insn.JumpRegister(Register target) ->
          slot(Opcodes.JMP | Opcodes.SOURCE_REGISTER, target, Register.R0, 0, 0);
      case Insn.Branch i -> branch(i);
      case Insn.MayGoto(int off) ->
          slot(Opcodes.JMP | Opcodes.JMP_JCOND, Register.R0, Register.R0, off, 0);
      case Insn.Call(CallKind kind, int target) ->
          slot(Opcodes.JMP | Opcodes.JMP_CALL, Register.R0, kind.ordinal(), 0, target);
      case Insn.CallRegister(Register target) ->
          slot(Opcodes.JMP | Opcodes.JMP_CALL | Opcodes.SOURCE_REGISTER, target, Register.R0, 0, 0);
      case Insn.Exit() -> slot(Opcodes.JMP | Opcodes.JMP_EXIT, Register.R0, Register.R0, 0, 0);
      case Insn.LegacyLoad i -> {
        check(i.size() != MemorySize.DW, "size");
        int mode = i.indirect() ? Opcodes.MODE_IND : Opcodes.MODE_ABS;
        Register index = i.indirect() ? i.index() : Register.R0;
        slot(Opcodes.LD | mode | Opcodes.of(i.size()), Register.R0, index, 0, i.offset());
      }
      case Insn.Unknown(long slot) -> out.putLong(slot);
      case Insn.AddressSpaceCast i -> {
        check((i.toSpace() | i.fromSpace()) >>> 16 == 0, "address space");
        int opcode = Opcodes.ALU64 | Opcodes.ALU_MOV | Opcodes.SOURCE_REGISTER;
        slot(opcode, i.dst(), i.src(), Opcodes.VARIANT, i.toSpace() << 16 | i.fromSpace());
      }
    }
  }

  private void alu(Insn.Alu i) {
    int opcode = alu(i.width()) | Opcodes.of(i.op());
    int off = i.op() == AluOp.SDIV || i.op() == AluOp.SMOD ? Opcodes.VARIANT : 0;
    if (i.op() == AluOp.NEG) {
      slot(opcode, i.dst(), Register.R0, 0, 0);
      return;
    }
    switch (i.src()) {
      case Operand.Reg(Register r) -> slot(opcode | Opcodes.SOURCE_REGISTER, i.dst(), r, off, 0);
      case Operand.Imm(int v) -> slot(opcode, i.dst(), Register.R0, off, v);
    }
  }

  private static int alu(Width width) {
    return width == Width.W64 ? Opcodes.ALU64 : Opcodes.ALU;
  }

  private void atomic(Insn.Atomic i) {
    check(i.size() == MemorySize.W || i.size() == MemorySize.DW, "size");
    boolean exchange = i.op() == AtomicOp.XCHG || i.op() == AtomicOp.CMPXCHG;
    check(i.fetch() || !exchange, "fetch");
    int imm = Opcodes.of(i.op()) | (i.fetch() ? Opcodes.ATOMIC_FETCH : 0);
    int opcode = Opcodes.STX | Opcodes.MODE_ATOMIC | Opcodes.of(i.size());
    slot(opcode, i.base(), i.src(), i.off(), imm);
  }

  private void branch(Insn.Branch i) {
    int opcode = (i.width() == Width.W64 ? Opcodes.JMP : Opcodes.JMP32) | Opcodes.of(i.op());
    switch (i.src()) {
      case Operand.Reg(Register r) ->
          slot(opcode | Opcodes.SOURCE_REGISTER, i.dst(), r, i.off(), 0);
      case Operand.Imm(int v) -> slot(opcode, i.dst(), Register.R0, i.off(), v);
    }
  }

  private void slot(int opcode, Register dst, Register src, int off, int imm) {
    slot(opcode, dst, src.number(), off, imm);
  }

  private void slot(int opcode, Register dst, int src, int off, int imm) {
    check(off == (short) off, "offset");
    out.put((byte) opcode).put((byte) (src << 4 | dst.number())).putShort((short) off).putInt(imm);
  }

  private static void check(boolean condition, String what) {
    if (!condition) {
      throw new IllegalArgumentException("its " + what + " cannot be encoded");
    }
  }
}
