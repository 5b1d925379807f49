package org.bpf4j.isa;

import java.util.List;

/// One BPF instruction, decoded: the instruction set of RFC 9669 on a page.
///
/// Every value is encodable, except that an [Operand.Reg] may not name a register that the
/// instruction must not write; [InsnCodec] checks what remains. Jump offsets count 8-byte slots
/// from the *next* instruction, and a [LoadImm64] occupies two slots.
public sealed interface Insn {

  /// `dst = dst op src`, or `dst = op src` for moves. [AluOp#NEG] ignores its operand.
  record Alu(Width width, AluOp op, Register dst, Operand src) implements Insn {}

  /// `dst = (sN) src`: a move that sign-extends the low `bits` (8, 16; 32 for `W64` only).
  record MoveSignExtend(Width width, int bits, Register dst, Register src) implements Insn {}

  /// Reorders the low `bits` (16, 32 or 64) of `dst` and clears what is above them.
  record Swap(Order order, int bits, Register dst) implements Insn {}

  /// `dst = value`, 64 bits wide; what `value` means depends on `kind`.
  record LoadImm64(Register dst, ImmKind kind, long value) implements Insn {}

  /// `dst = *(size *) (base + off)`, zero- or sign-extended to 64 bits.
  record Load(MemorySize size, boolean signed, Register dst, Register base, int off)
      implements Insn {}

  /// `*(size *) (base + off) = src`.
  record Store(MemorySize size, Register base, int off, Operand src) implements Insn {}

  /// `lock *(size *) (base + off) op= src`, size `W` or `DW`; with `fetch` the old value arrives in
  /// `src` (in `R0` for [AtomicOp#CMPXCHG]).
  record Atomic(MemorySize size, AtomicOp op, boolean fetch, Register base, int off, Register src)
      implements Insn {}

  /// An acquire load (`release` false: `dst = value`) or a release store of `reg`.
  record Ordered(MemorySize size, boolean release, Register reg, Register base, int off)
      implements Insn {}

  /// `goto off`; with `far` the 32-bit form of ISA v4.
  record Jump(boolean far, int off) implements Insn {}

  /// Goes on at the address in a register, which was read from a table of places (`gotox`, Linux
  /// 6.19).
  record JumpRegister(Register target) implements Insn {}

  /// `if dst op src goto off`.
  record Branch(Width width, JumpOp op, Register dst, Operand src, int off) implements Insn {}

  /// Falls through while the loop budget lasts, then jumps (`JCOND`, kernel 6.9).
  record MayGoto(int off) implements Insn {}

  /// Calls a helper, a subprogram or a kfunc.
  record Call(CallKind kind, int target) implements Insn {}

  /// Calls the function whose number is in a register (`callx`, opcode 0x8d): no kernel takes it.
  record CallRegister(Register target) implements Insn {}

  /// Returns `R0`.
  record Exit() implements Insn {}

  /// The deprecated packet loads into `R0` (RFC 9669 §5.4); `index` is used by `IND` only.
  record LegacyLoad(MemorySize size, boolean indirect, Register index, int offset)
      implements Insn {}

  /// A cast between the arena's address spaces (`addr_space_cast`, kernel 6.9).
  record AddressSpaceCast(Register dst, Register src, int toSpace, int fromSpace) implements Insn {}

  /// A slot that is no instruction of those above, as it stands in memory; a kernel that is younger
  /// may know it.
  record Unknown(long slot) implements Insn {

    /// Its opcode.
    public int opcode() {
      return (int) slot & 0xff;
    }
  }

  /// The slots this instruction occupies: 2 for [LoadImm64], else 1.
  default int slots() {
    return this instanceof LoadImm64 ? 2 : 1;
  }

  /// The slots that instructions occupy together.
  static int slots(List<Insn> insns) {
    int slots = 0;
    for (Insn insn : insns) {
      slots += insn instanceof LoadImm64 ? 2 : 1;
    }
    return slots;
  }

  /// A register or a sign-extended 32-bit constant.
  sealed interface Operand {
    /// A register's value.
    record Reg(Register register) implements Operand {}

    /// A constant, sign-extended to the width of the operation.
    record Imm(int value) implements Operand {}
  }

  /// ALU operations (RFC 9669 §4.1). Division by zero gives 0 and modulo by zero leaves `dst`.
  enum AluOp {
    ADD,
    SUB,
    MUL,
    DIV,
    OR,
    AND,
    LSH,
    RSH,
    NEG,
    MOD,
    XOR,
    MOV,
    ARSH,
    /// Signed division (ISA v4).
    SDIV,
    /// Signed modulo (ISA v4).
    SMOD
  }

  /// Conditions of [Branch] (RFC 9669 §4.3); those with an `S` compare signed.
  enum JumpOp {
    EQ,
    GT,
    GE,
    SET,
    NE,
    SGT,
    SGE,
    LT,
    LE,
    SLT,
    SLE
  }

  /// What [Atomic] does with the value in memory.
  enum AtomicOp {
    ADD,
    OR,
    AND,
    XOR,
    /// Exchanges; always fetches.
    XCHG,
    /// Compares with `R0` and exchanges; always fetches.
    CMPXCHG
  }

  /// Byte order operations: `LE` and `BE` convert from host order, `SWAP` is unconditional (v4).
  enum Order {
    LE,
    BE,
    SWAP
  }

  /// What the constant of a [LoadImm64] is (RFC 9669 §5.5), by its `src` field 0 to 6.
  enum ImmKind {
    /// A plain number.
    VALUE,
    /// A map, by file descriptor in the low half.
    MAP_FD,
    /// The address of a map's first value plus the offset in the upper half; low half: descriptor.
    MAP_VALUE,
    /// A kernel variable, by BTF id.
    BTF_ID,
    /// The address of a subprogram, by offset in slots.
    FUNCTION,
    /// A map, by index into the load call's descriptor array.
    MAP_INDEX,
    /// As `MAP_VALUE`, by index.
    MAP_INDEX_VALUE
  }

  /// What a [Call] calls.
  enum CallKind {
    /// A helper, by its number.
    HELPER,
    /// A subprogram, by offset in slots from the next instruction.
    SUBPROGRAM,
    /// A kfunc, by BTF id.
    KFUNC
  }
}
