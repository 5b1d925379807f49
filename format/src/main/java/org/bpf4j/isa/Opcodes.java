package org.bpf4j.isa;

import org.bpf4j.isa.Insn.AluOp;
import org.bpf4j.isa.Insn.AtomicOp;
import org.bpf4j.isa.Insn.JumpOp;

/// The numbers of the instruction encoding (RFC 9669 §3 to §5; `include/uapi/linux/bpf.h`).
final class Opcodes {

  static final int LD = 0;
  static final int LDX = 1;
  static final int ST = 2;
  static final int STX = 3;
  static final int ALU = 4;
  static final int JMP = 5;
  static final int JMP32 = 6;
  static final int ALU64 = 7;

  /// The bit of an ALU or jump opcode that makes its operand a register.
  static final int SOURCE_REGISTER = 8;

  static final int MODE_IMM = 0x00;
  static final int MODE_ABS = 0x20;
  static final int MODE_IND = 0x40;
  static final int MODE_MEM = 0x60;
  static final int MODE_MEMSX = 0x80;
  static final int MODE_ATOMIC = 0xc0;

  static final int ALU_DIV = 0x30;
  static final int ALU_NEG = 0x80;
  static final int ALU_MOD = 0x90;
  static final int ALU_MOV = 0xb0;
  static final int ALU_END = 0xd0;

  static final int JMP_JA = 0x00;
  static final int JMP_CALL = 0x80;
  static final int JMP_EXIT = 0x90;
  static final int JMP_JCOND = 0xe0;

  static final int ATOMIC_FETCH = 0x01;
  static final int ATOMIC_XCHG = 0xe0;
  static final int ATOMIC_CMPXCHG = 0xf0;

  /// `BPF_LOAD_ACQ`.
  static final int LOAD_ACQUIRE = 0x100;

  /// `BPF_STORE_REL`.
  static final int STORE_RELEASE = 0x110;

  /// The opcode of the first slot of a wide load; the second slot's is 0.
  static final int WIDE_LOAD = 0x18;

  /// The value of `off` that turns DIV and MOD signed, and MOV into an address space cast.
  static final int VARIANT = 1;

  private static final AluOp[] ALU_OPS = AluOp.values();
  private static final JumpOp[] JUMP_OPS = {
    JumpOp.EQ, JumpOp.GT, JumpOp.GE, JumpOp.SET, JumpOp.NE, JumpOp.SGT, JumpOp.SGE
  };
  private static final JumpOp[] LATER_JUMP_OPS = {JumpOp.LT, JumpOp.LE, JumpOp.SLT, JumpOp.SLE};

  private Opcodes() {}

  /// The high bits of an ALU opcode; the first thirteen operations stand in the kernel's order.
  static int of(AluOp op) {
    return switch (op) {
      case SDIV -> ALU_DIV;
      case SMOD -> ALU_MOD;
      case ADD, SUB, MUL, DIV, OR, AND, LSH, RSH, NEG, MOD, XOR, MOV, ARSH -> op.ordinal() << 4;
    };
  }

  /// The operation with these high bits, which are at most those of `ARSH`.
  static AluOp aluOp(int high) {
    return ALU_OPS[high >> 4];
  }

  /// The high bits of a jump opcode.
  static int of(JumpOp op) {
    return switch (op) {
      case EQ, GT, GE, SET, NE, SGT, SGE -> op.ordinal() + 1 << 4;
      case LT, LE, SLT, SLE -> op.ordinal() - JumpOp.LT.ordinal() + 10 << 4;
    };
  }

  /// The condition with these high bits, which are from 0x10 to 0x70 or from 0xa0 to 0xd0.
  static JumpOp jumpOp(int high) {
    return high <= 0x70 ? JUMP_OPS[(high >> 4) - 1] : LATER_JUMP_OPS[(high >> 4) - 10];
  }

  /// The number of an atomic operation without its fetch bit.
  static int of(AtomicOp op) {
    return switch (op) {
      case ADD -> 0x00;
      case OR -> 0x40;
      case AND -> 0x50;
      case XOR -> 0xa0;
      case XCHG -> ATOMIC_XCHG;
      case CMPXCHG -> ATOMIC_CMPXCHG;
    };
  }

  /// The two bits of a memory access's size.
  static int of(MemorySize size) {
    return switch (size) {
      case W -> 0x00;
      case H -> 0x08;
      case B -> 0x10;
      case DW -> 0x18;
    };
  }

  /// The size in an opcode.
  static MemorySize size(int opcode) {
    return switch (opcode & 0x18) {
      case 0x00 -> MemorySize.W;
      case 0x08 -> MemorySize.H;
      case 0x10 -> MemorySize.B;
      default -> MemorySize.DW;
    };
  }
}
