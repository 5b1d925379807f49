package org.bpf4j.isa;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.bpf4j.isa.Insn.AluOp;
import org.bpf4j.isa.Insn.AtomicOp;
import org.bpf4j.isa.Insn.CallKind;
import org.bpf4j.isa.Insn.ImmKind;
import org.bpf4j.isa.Insn.JumpOp;
import org.bpf4j.isa.Insn.Operand;

/// Prints instructions the way the kernel's verifier log and `llvm-objdump` do: `r1 = *(u32 *)(r2 +
/// 4)`, `if w1 s> 5 goto +3`.
///
/// [InsnParser] reads it back. Constants are decimal; jumps are relative, in slots.
public final class InsnPrinter {

  private InsnPrinter() {}

  /// Prints instructions, one a line.
  public static String print(List<Insn> insns) {
    return insns.stream().map(insn -> print(insn) + "\n").collect(Collectors.joining());
  }

  /// Prints an instruction; one arm for each shape.
  public static String print(Insn insn) {
    return switch (insn) {
      case Insn.Alu(Width w, AluOp op, Register dst, Operand src) ->
          op == AluOp.NEG
              ? register(w, dst) + " = -" + register(w, dst)
              : register(w, dst) + " " + sign(op) + " " + operand(w, src);
      case Insn.MoveSignExtend(Width w, int bits, Register dst, Register src) ->
          register(w, dst) + " = (s" + bits + ")" + register(w, src);
      case Insn.Swap(Insn.Order order, int bits, Register dst) ->
          dst + " = " + name(order) + bits + " " + dst;
      case Insn.LoadImm64(Register dst, ImmKind kind, long value) ->
          kind == ImmKind.VALUE
              ? dst + " = " + value + " ll"
              : dst + " = " + lower(kind) + " 0x" + Long.toHexString(value) + " ll";
      case Insn.Load(MemorySize size, boolean signed, Register dst, Register base, int off) ->
          dst + " = " + memory(signed ? "s" : "u", size, base, off);
      case Insn.Store(MemorySize size, Register base, int off, Operand src) ->
          memory("u", size, base, off) + " = " + operand(Width.W64, src);
      case Insn.Atomic i -> atomic(i);
      case Insn.Ordered(MemorySize size, boolean release, Register reg, Register base, int off) ->
          release
              ? "store_release(" + pointer(size, base, off) + ", " + reg + ")"
              : reg + " = load_acquire(" + pointer(size, base, off) + ")";
      case Insn.Jump(boolean far, int off) -> (far ? "gotol " : "goto ") + relative(off);
      case Insn.JumpRegister(Register target) -> "gotox " + target;
      case Insn.Branch(Width w, JumpOp op, Register dst, Operand src, int off) ->
          "if %s %s %s goto %s"
              .formatted(register(w, dst), sign(op), operand(w, src), relative(off));
      case Insn.MayGoto(int off) -> "may_goto " + relative(off);
      case Insn.Call(CallKind kind, int target) ->
          switch (kind) {
            case HELPER -> "call " + target;
            case SUBPROGRAM -> "call pc" + relative(target);
            case KFUNC -> "call kfunc " + target;
          };
      case Insn.CallRegister(Register target) -> "callx " + target;
      case Insn.Exit() -> "exit";
      case Insn.LegacyLoad(MemorySize size, boolean indirect, Register index, int offset) ->
          "r0 = *(u%d *)skb[%s%d]".formatted(bits(size), indirect ? index + " + " : "", offset);
      case Insn.AddressSpaceCast(Register dst, Register src, int to, int from) ->
          "%s = addr_space_cast(%s, %d, %d)".formatted(dst, src, to, from);
      case Insn.Unknown(long slot) -> "unknown 0x" + Long.toHexString(slot);
    };
  }

  private static String atomic(Insn.Atomic i) {
    String pointer = pointer(i.size(), i.base(), i.off());
    String place = i.base() + place(i.off());
    Width w = i.size() == MemorySize.W ? Width.W32 : Width.W64;
    String src = register(w, i.src());
    String suffix = w == Width.W32 ? "32_32" : "_64";
    return switch (i.op()) {
      case ADD, OR, AND, XOR ->
          i.fetch()
              ? "%s = atomic_fetch_%s(%s, %s)".formatted(src, lower(i.op()), pointer, src)
              : "lock *" + pointer + " " + sign(i.op()) + " " + src;
      case XCHG -> "%s = xchg%s(%s, %s)".formatted(src, suffix, place, src);
      case CMPXCHG -> {
        String r0 = register(w, Register.R0);
        yield "%s = cmpxchg%s(%s, %s, %s)".formatted(r0, suffix, place, r0, src);
      }
    };
  }

  private static String register(Width width, Register register) {
    return (width == Width.W64 ? "r" : "w") + register.number();
  }

  private static String operand(Width width, Operand operand) {
    return switch (operand) {
      case Operand.Reg(Register register) -> register(width, register);
      case Operand.Imm(int value) -> Integer.toString(value);
    };
  }

  private static String memory(String sign, MemorySize size, Register base, int off) {
    return "*(" + sign + bits(size) + " *)(" + base + place(off) + ")";
  }

  private static String pointer(MemorySize size, Register base, int off) {
    return "(u" + bits(size) + " *)(" + base + place(off) + ")";
  }

  private static String place(int off) {
    return off < 0 ? " - " + -(long) off : " + " + off;
  }

  private static String relative(int off) {
    return off < 0 ? Integer.toString(off) : "+" + off;
  }

  private static int bits(MemorySize size) {
    return size.bytes() * Byte.SIZE;
  }

  private static String lower(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT);
  }

  private static String name(Insn.Order order) {
    return switch (order) {
      case LE -> "le";
      case BE -> "be";
      case SWAP -> "bswap";
    };
  }

  /// The assignment that an operation is; one arm for each.
  static String sign(AluOp op) {
    return switch (op) {
      case ADD -> "+=";
      case SUB -> "-=";
      case MUL -> "*=";
      case DIV -> "/=";
      case OR -> "|=";
      case AND -> "&=";
      case LSH -> "<<=";
      case RSH -> ">>=";
      case NEG -> "=-";
      case MOD -> "%=";
      case XOR -> "^=";
      case MOV -> "=";
      case ARSH -> "s>>=";
      case SDIV -> "s/=";
      case SMOD -> "s%=";
    };
  }

  /// The comparison that a condition is; one arm for each.
  static String sign(JumpOp op) {
    return switch (op) {
      case EQ -> "==";
      case GT -> ">";
      case GE -> ">=";
      case SET -> "&";
      case NE -> "!=";
      case SGT -> "s>";
      case SGE -> "s>=";
      case LT -> "<";
      case LE -> "<=";
      case SLT -> "s<";
      case SLE -> "s<=";
    };
  }

  /// The assignment that an atomic operation without fetch is.
  static String sign(AtomicOp op) {
    return switch (op) {
      case ADD -> "+=";
      case OR -> "|=";
      case AND -> "&=";
      case XOR -> "^=";
      case XCHG, CMPXCHG -> "=";
    };
  }
}
