package org.bpf4j.isa;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.bpf4j.isa.Insn.AluOp;
import org.bpf4j.isa.Insn.AtomicOp;
import org.bpf4j.isa.Insn.CallKind;
import org.bpf4j.isa.Insn.ImmKind;
import org.bpf4j.isa.Insn.JumpOp;
import org.bpf4j.isa.Insn.Operand;
import org.bpf4j.isa.Insn.Order;

/// Reads the text that [InsnPrinter] writes: `parse(print(x))` equals `x`.
///
/// The table of forms is the grammar. Numbers are decimal or, after `0x`, hexadecimal, so that
/// `llvm-objdump`'s lines are read as well.
public final class InsnParser {

  private static final String NUMBER = "(-?(?:0x[0-9a-f]+|\\d+))";
  private static final String REGISTER = "(r\\d+)";
  private static final String ANY_REGISTER = "([rw]\\d+)";
  private static final String OPERAND = "([rw]\\d+|-?(?:0x[0-9a-f]+|\\d+))";
  private static final String OFFSET = "([+-](?:0x[0-9a-f]+|\\d+))";
  private static final String PLACE = "(r\\d+) ([+-]) (0x[0-9a-f]+|\\d+)";

  private static final Map<String, AluOp> ALU =
      Arrays.stream(AluOp.values())
          .filter(op -> op != AluOp.NEG)
          .collect(Collectors.toMap(InsnPrinter::sign, op -> op));
  private static final Map<String, JumpOp> CONDITIONS =
      Arrays.stream(JumpOp.values()).collect(Collectors.toMap(InsnPrinter::sign, op -> op));
  private static final Map<String, AtomicOp> ATOMICS =
      Arrays.stream(AtomicOp.values())
          .filter(op -> op != AtomicOp.XCHG && op != AtomicOp.CMPXCHG)
          .collect(Collectors.toMap(InsnPrinter::sign, op -> op));

  private static final List<Form> FORMS =
      List.of(
          form("exit", m -> new Insn.Exit()),
          form("goto " + OFFSET, m -> new Insn.Jump(false, number(m, 1))),
          form("gotol " + OFFSET, m -> new Insn.Jump(true, number(m, 1))),
          form("gotox " + REGISTER, m -> new Insn.JumpRegister(register(m, 1))),
          form("may_goto " + OFFSET, m -> new Insn.MayGoto(number(m, 1))),
          form("if " + ANY_REGISTER + " (\\S+) " + OPERAND + " goto " + OFFSET, InsnParser::branch),
          form("call " + NUMBER, m -> new Insn.Call(CallKind.HELPER, number(m, 1))),
          form("call pc" + OFFSET, m -> new Insn.Call(CallKind.SUBPROGRAM, number(m, 1))),
          form("call kfunc " + NUMBER, m -> new Insn.Call(CallKind.KFUNC, number(m, 1))),
          form("unknown " + NUMBER, m -> new Insn.Unknown(wide(m.group(1)))),
          form("callx " + REGISTER, m -> new Insn.CallRegister(register(m, 1))),
          form(
              REGISTER + " = " + NUMBER + " ll",
              m -> new Insn.LoadImm64(register(m, 1), ImmKind.VALUE, wide(m.group(2)))),
          form(
              REGISTER + " = ([a-z_]+) " + NUMBER + " ll",
              m -> new Insn.LoadImm64(register(m, 1), kind(m.group(2)), wide(m.group(3)))),
          form(
              REGISTER + " = \\*\\(([us])(8|16|32|64) \\*\\)\\(" + PLACE + "\\)",
              m ->
                  new Insn.Load(
                      size(m, 3),
                      m.group(2).equals("s"),
                      register(m, 1),
                      register(m, 4),
                      off(m, 5))),
          form(
              "\\*\\(u(8|16|32|64) \\*\\)\\(" + PLACE + "\\) = " + OPERAND,
              m -> new Insn.Store(size(m, 1), register(m, 2), off(m, 3), operand(m, 5))),
          form(
              "lock \\*\\(u(32|64) \\*\\)\\(" + PLACE + "\\) (\\S+) " + ANY_REGISTER,
              m -> atomic(m, 1, find(ATOMICS, m.group(5)), false, 6)),
          form(
              ANY_REGISTER
                  + " = atomic_fetch_(add|or|and|xor)\\(\\(u(32|64) \\*\\)\\("
                  + PLACE
                  + "\\), \\1\\)",
              m -> atomic(m, 3, AtomicOp.valueOf(m.group(2).toUpperCase(Locale.ROOT)), true, 1)),
          form(
              ANY_REGISTER + " = xchg(?:32)?_(32|64)\\(" + PLACE + ", \\1\\)",
              m -> atomic(m, 2, AtomicOp.XCHG, true, 1)),
          form(
              "([rw]0) = cmpxchg(?:32)?_(32|64)\\(" + PLACE + ", \\1, " + ANY_REGISTER + "\\)",
              m -> atomic(m, 2, AtomicOp.CMPXCHG, true, 6)),
          form(
              REGISTER + " = load_acquire\\(\\(u(8|16|32|64) \\*\\)\\(" + PLACE + "\\)\\)",
              m -> new Insn.Ordered(size(m, 2), false, register(m, 1), register(m, 3), off(m, 4))),
          form(
              "store_release\\(\\(u(8|16|32|64) \\*\\)\\(" + PLACE + "\\), " + REGISTER + "\\)",
              m -> new Insn.Ordered(size(m, 1), true, register(m, 5), register(m, 2), off(m, 3))),
          form(
              "r0 = \\*\\(u(8|16|32) \\*\\)skb\\[" + NUMBER + "\\]",
              m -> new Insn.LegacyLoad(size(m, 1), false, Register.R0, number(m, 2))),
          form(
              "r0 = \\*\\(u(8|16|32) \\*\\)skb\\[" + REGISTER + " \\+ " + NUMBER + "\\]",
              m -> new Insn.LegacyLoad(size(m, 1), true, register(m, 2), number(m, 3))),
          form(
              REGISTER + " = addr_space_cast\\(" + REGISTER + ", " + NUMBER + ", " + NUMBER + "\\)",
              m ->
                  new Insn.AddressSpaceCast(
                      register(m, 1), register(m, 2), number(m, 3), number(m, 4))),
          form(
              REGISTER + " = (le|be|bswap)(16|32|64) \\1",
              m -> new Insn.Swap(order(m.group(2)), number(m, 3), register(m, 1))),
          form(
              ANY_REGISTER + " = \\(s(8|16|32)\\)" + ANY_REGISTER,
              m ->
                  new Insn.MoveSignExtend(
                      width(m, 1), number(m, 2), register(m, 1), register(m, 3))),
          form(
              ANY_REGISTER + " = -\\1",
              m -> new Insn.Alu(width(m, 1), AluOp.NEG, register(m, 1), new Operand.Imm(0))),
          form(
              ANY_REGISTER + " (\\S+) " + OPERAND,
              m ->
                  new Insn.Alu(width(m, 1), find(ALU, m.group(2)), register(m, 1), operand(m, 3))));

  private InsnParser() {}

  private record Form(Pattern pattern, Function<MatchResult, Insn> insn) {}

  private static Form form(String regex, Function<MatchResult, Insn> insn) {
    return new Form(Pattern.compile(regex), insn);
  }

  /// Reads one instruction.
  ///
  /// @throws IllegalArgumentException if no instruction looks like that
  public static Insn parse(String text) {
    String line = text.strip();
    for (Form form : FORMS) {
      Matcher matcher = form.pattern().matcher(line);
      if (matcher.matches()) {
        return form.insn().apply(matcher);
      }
    }
    throw new IllegalArgumentException("not an instruction: \"" + line + "\"");
  }

  /// Reads instructions, one a line; empty lines and what follows a `;` are ignored.
  ///
  /// @throws IllegalArgumentException if a line is not an instruction
  public static List<Insn> parseAll(String text) {
    List<Insn> insns = new ArrayList<>();
    for (String line : text.split("\n", -1)) {
      String code = (line + ";").substring(0, (line + ";").indexOf(';')).strip();
      if (!code.isEmpty()) {
        insns.add(parse(code));
      }
    }
    return insns;
  }

  private static Insn branch(MatchResult m) {
    JumpOp op = find(CONDITIONS, m.group(2));
    return new Insn.Branch(width(m, 1), op, register(m, 1), operand(m, 3), number(m, 4));
  }

  private static Insn atomic(MatchResult m, int at, AtomicOp op, boolean fetch, int value) {
    return new Insn.Atomic(
        size(m, at), op, fetch, register(m, at + 1), off(m, at + 2), register(m, value));
  }

  private static <T> T find(Map<String, T> signs, String sign) {
    T found = signs.get(sign);
    if (found == null) {
      throw new IllegalArgumentException("unknown operator " + sign);
    }
    return found;
  }

  private static ImmKind kind(String name) {
    return ImmKind.valueOf(name.toUpperCase(Locale.ROOT));
  }

  private static Order order(String name) {
    return switch (name) {
      case "le" -> Order.LE;
      case "be" -> Order.BE;
      default -> Order.SWAP;
    };
  }

  private static MemorySize size(MatchResult m, int group) {
    return MemorySize.ofBytes(number(m, group) / Byte.SIZE);
  }

  private static Width width(MatchResult m, int group) {
    return m.group(group).startsWith("w") ? Width.W32 : Width.W64;
  }

  private static Register register(MatchResult m, int group) {
    return Register.of(Integer.parseInt(m.group(group).substring(1)));
  }

  private static Operand operand(MatchResult m, int group) {
    String text = m.group(group);
    return text.startsWith("r") || text.startsWith("w")
        ? new Operand.Reg(register(m, group))
        : new Operand.Imm(number(m, group));
  }

  /// The offset whose sign and digits are two groups.
  private static int off(MatchResult m, int group) {
    int size = number(m, group + 1);
    return m.group(group).equals("-") ? -size : size;
  }

  /// A number of 32 bits; hexadecimal ones may use all of them.
  private static int number(MatchResult m, int group) {
    long value = wide(m.group(group));
    if (value != (int) value && value >>> 32 != 0) {
      throw new IllegalArgumentException(m.group(group) + " does not fit 32 bits");
    }
    return (int) value;
  }

  private static long wide(String text) {
    boolean negative = text.startsWith("-");
    String digits = negative || text.startsWith("+") ? text.substring(1) : text;
    long value =
        digits.startsWith("0x")
            ? Long.parseUnsignedLong(digits.substring(2), 16)
            : Long.parseUnsignedLong(digits);
    return negative ? -value : value;
  }
}
