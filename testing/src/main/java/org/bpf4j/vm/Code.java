package org.bpf4j.vm;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.bpf4j.isa.Insn;
import org.bpf4j.isa.Insn.Operand;
import org.bpf4j.isa.MemorySize;
import org.bpf4j.isa.Register;
import org.bpf4j.isa.Width;

/// A program decoded for the interpreter: one entry of each array for each slot, and one behind.
///
/// The register file begins with the eleven registers and goes on with the program's constants, so
/// that an operand is an index into it whether it was a register or a constant. Jump targets are
/// absolute; those that leave the program point to the entry behind the last slot. Any list of
/// instructions can be decoded: what is wrong with it faults when it is reached.
public final class Code {

  /// Where the addresses of functions begin; no region has that number.
  static final long FUNCTIONS = 0x7fff_ffffL << 32;

  final Op[] ops;
  final int[] dst;
  final int[] src;
  final int[] offset;
  final List<Insn> insns;
  private final List<Long> file = new ArrayList<>();
  private final Map<Long, Integer> constants = new HashMap<>();
  private final int slots;

  private Code(int slots) {
    this.slots = slots;
    ops = new Op[slots + 1];
    dst = new int[slots + 1];
    src = new int[slots + 1];
    offset = new int[slots + 1];
    insns = new ArrayList<>(slots + 1);
    for (int register = 0; register <= Register.R10.number(); register++) {
      file.add(0L);
    }
  }

  /// Decodes a program.
  public static Code of(List<Insn> program) {
    Code code = new Code(program.stream().mapToInt(Insn::slots).sum());
    for (Insn insn : program) {
      int at = code.insns.size();
      code.decode(at, insn);
      code.insns.add(insn);
      if (insn.slots() == 2) {
        code.ops[at + 1] = Op.INSIDE;
        code.insns.add(insn);
      }
    }
    Arrays.fill(code.ops, code.slots, code.slots + 1, Op.OUTSIDE);
    return code;
  }

  /// The number of slots.
  public int slots() {
    return slots;
  }

  /// A fresh register file: registers zero, constants in place.
  long[] registerFile() {
    return file.stream().mapToLong(Long::longValue).toArray();
  }

  /// The address of a place in a program, as functions have one.
  public static long address(int slot) {
    return FUNCTIONS + slot;
  }

  /// The slot of a function or place that a program knows by address, or the entry behind the last
  /// one.
  int function(long address) {
    return target(address - FUNCTIONS);
  }

  private void decode(int at, Insn insn) {
    switch (insn) {
      case Insn.Alu i -> set(at, alu(i.width(), i.op()), i.dst().number(), operand(i.src()), 0);
      case Insn.MoveSignExtend i ->
          set(at, extend(i.width(), i.bits()), i.dst().number(), i.src().number(), 0);
      case Insn.Swap i -> set(at, swap(i.order(), i.bits()), i.dst().number(), 0, 0);
      case Insn.LoadImm64 i -> wide(at, i);
      case Insn.Load i ->
          set(at, load(i.size(), i.signed()), i.dst().number(), i.base().number(), i.off());
      case Insn.Store i -> set(at, store(i.size()), i.base().number(), operand(i.src()), i.off());
      case Insn.Atomic i -> set(at, Op.ATOMIC, i.base().number(), i.src().number(), i.off());
      case Insn.Ordered i when i.release() ->
          set(at, store(i.size()), i.base().number(), i.reg().number(), i.off());
      case Insn.Ordered i ->
          set(at, load(i.size(), false), i.reg().number(), i.base().number(), i.off());
      case Insn.Jump i -> set(at, Op.JUMP, 0, 0, target(at + 1L + i.off()));
      case Insn.JumpRegister i -> set(at, Op.JUMP_REGISTER, i.target().number(), 0, 0);
      case Insn.Branch i ->
          set(
              at,
              branch(i.width(), i.op()),
              i.dst().number(),
              operand(i.src()),
              target(at + 1L + i.off()));
      case Insn.MayGoto i -> set(at, Op.MAY_GOTO, 0, 0, target(at + 1L + i.off()));
      case Insn.Call i -> call(at, i);
      case Insn.Exit _ -> set(at, Op.EXIT, 0, 0, 0);
      case Insn.AddressSpaceCast i -> set(at, cast(i), i.dst().number(), i.src().number(), 0);
      case Insn.CallRegister _, Insn.LegacyLoad _, Insn.Unknown _ -> set(at, Op.REFUSED, 0, 0, 0);
    }
  }

  private void wide(int at, Insn.LoadImm64 insn) {
    int register = insn.dst().number();
    switch (insn.kind()) {
      case VALUE -> set(at, Op.CONSTANT, register, constant(insn.value()), 0);
      case FUNCTION ->
          set(at, Op.CONSTANT, register, constant(FUNCTIONS + at + 1 + (int) insn.value()), 0);
      case MAP_FD, MAP_VALUE, BTF_ID, MAP_INDEX, MAP_INDEX_VALUE ->
          set(at, Op.REFUSED, register, 0, 0);
    }
  }

  private void call(int at, Insn.Call insn) {
    switch (insn.kind()) {
      case HELPER -> set(at, Op.CALL_HELPER, 0, 0, insn.target());
      case SUBPROGRAM -> set(at, Op.CALL_SUBPROGRAM, 0, 0, target(at + 1L + insn.target()));
      case KFUNC -> set(at, Op.REFUSED, 0, 0, 0);
    }
  }

  private void set(int at, Op op, int to, int from, int off) {
    ops[at] = op;
    dst[at] = to;
    src[at] = from;
    offset[at] = off;
  }

  private int target(long slot) {
    return slot >= 0 && slot < slots ? (int) slot : slots;
  }

  private int operand(Operand operand) {
    return switch (operand) {
      case Operand.Reg(Register register) -> register.number();
      case Operand.Imm(int value) -> constant(value);
    };
  }

  private int constant(long value) {
    return constants.computeIfAbsent(
        value,
        v -> {
          file.add(v);
          return file.size() - 1;
        });
  }

  private static Op alu(Width width, Insn.AluOp op) {
    return width == Width.W64 ? alu64(op) : alu32(op);
  }

  private static Op alu64(Insn.AluOp op) {
    return switch (op) {
      case ADD -> Op.ADD64;
      case SUB -> Op.SUB64;
      case MUL -> Op.MUL64;
      case DIV -> Op.DIV64;
      case OR -> Op.OR64;
      case AND -> Op.AND64;
      case LSH -> Op.LSH64;
      case RSH -> Op.RSH64;
      case NEG -> Op.NEG64;
      case MOD -> Op.MOD64;
      case XOR -> Op.XOR64;
      case MOV -> Op.MOV64;
      case ARSH -> Op.ARSH64;
      case SDIV -> Op.SDIV64;
      case SMOD -> Op.SMOD64;
    };
  }

  private static Op alu32(Insn.AluOp op) {
    return switch (op) {
      case ADD -> Op.ADD32;
      case SUB -> Op.SUB32;
      case MUL -> Op.MUL32;
      case DIV -> Op.DIV32;
      case OR -> Op.OR32;
      case AND -> Op.AND32;
      case LSH -> Op.LSH32;
      case RSH -> Op.RSH32;
      case NEG -> Op.NEG32;
      case MOD -> Op.MOD32;
      case XOR -> Op.XOR32;
      case MOV -> Op.MOV32;
      case ARSH -> Op.ARSH32;
      case SDIV -> Op.SDIV32;
      case SMOD -> Op.SMOD32;
    };
  }

  private static Op extend(Width width, int bits) {
    boolean wide = width == Width.W64;
    return switch (bits) {
      case 8 -> wide ? Op.EXTEND8_64 : Op.EXTEND8_32;
      case 16 -> wide ? Op.EXTEND16_64 : Op.EXTEND16_32;
      case 32 -> wide ? Op.EXTEND32_64 : Op.MOV32;
      default -> Op.REFUSED;
    };
  }

  /// The kernel knows the spaces 0 and 1, and casts between them only (`check_alu_op`).
  private static Op cast(Insn.AddressSpaceCast insn) {
    return insn.toSpace() == 0 && insn.fromSpace() == 1
        ? Op.ARENA
        : insn.toSpace() == 1 && insn.fromSpace() == 0 ? Op.SHARED : Op.REFUSED;
  }

  private static Op swap(Insn.Order order, int bits) {
    boolean keep = order == Insn.Order.LE;
    return switch (bits) {
      case 16 -> keep ? Op.KEEP16 : Op.SWAP16;
      case 32 -> keep ? Op.KEEP32 : Op.SWAP32;
      case 64 -> keep ? Op.KEEP64 : Op.SWAP64;
      default -> Op.REFUSED;
    };
  }

  private static Op load(MemorySize size, boolean signed) {
    return switch (size) {
      case B -> signed ? Op.LOAD8_SIGNED : Op.LOAD8;
      case H -> signed ? Op.LOAD16_SIGNED : Op.LOAD16;
      case W -> signed ? Op.LOAD32_SIGNED : Op.LOAD32;
      case DW -> Op.LOAD64;
    };
  }

  private static Op store(MemorySize size) {
    return switch (size) {
      case B -> Op.STORE8;
      case H -> Op.STORE16;
      case W -> Op.STORE32;
      case DW -> Op.STORE64;
    };
  }

  private static Op branch(Width width, Insn.JumpOp op) {
    boolean wide = width == Width.W64;
    return switch (op) {
      case EQ -> wide ? Op.EQ64 : Op.EQ32;
      case GT -> wide ? Op.GT64 : Op.GT32;
      case GE -> wide ? Op.GE64 : Op.GE32;
      case SET -> wide ? Op.SET64 : Op.SET32;
      case NE -> wide ? Op.NE64 : Op.NE32;
      case SGT -> wide ? Op.SGT64 : Op.SGT32;
      case SGE -> wide ? Op.SGE64 : Op.SGE32;
      case LT -> wide ? Op.LT64 : Op.LT32;
      case LE -> wide ? Op.LE64 : Op.LE32;
      case SLT -> wide ? Op.SLT64 : Op.SLT32;
      case SLE -> wide ? Op.SLE64 : Op.SLE32;
    };
  }
}
