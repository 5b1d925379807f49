package org.bpf4j.isa;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
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
import org.jspecify.annotations.Nullable;

/// Assembles the mnemonics that BPF conformance suites are written in: `mov32 %r0, 5`, `ldxw %r1,
/// [%r2+4]`, `lock cmpxchg [%r10-8], %r1`, `jne %r0, 1, exit`.
///
/// One instruction or `label:` a line; `#` starts a comment; letter case does not matter. Jumps
/// name a label or a distance (`+2`); the label `exit`, unless declared, is the last `exit`
/// instruction. Without `32` a mnemonic is 64 bits wide.
public final class Assembler {

  private static final Pattern ALU = Pattern.compile("([a-z]+?)(32)?");
  private static final Pattern SWAP = Pattern.compile("(le|be|b?swap)(16|32|64)");
  private static final Pattern EXTEND = Pattern.compile("movsx(8|16|32)(32|64)");
  private static final Pattern MEMORY = Pattern.compile("(ldx|stx|st)(s?)(b|h|w|dw)");
  private static final Pattern JUMP = Pattern.compile("j([a-z]+)(32)?");
  private static final Pattern PLACE = Pattern.compile("\\[%(r\\d+)(?:([+-]\\w+))?]");

  private static final Map<String, AluOp> ALU_OPS = byName(AluOp.values());
  private static final Map<String, JumpOp> JUMP_OPS = byName(JumpOp.values());
  private static final Map<String, AtomicOp> ATOMIC_OPS = byName(AtomicOp.values());

  private final Map<String, Integer> labels = new HashMap<>();
  private int slot;

  private Assembler() {}

  private static <T extends Enum<T>> Map<String, T> byName(T[] constants) {
    return Arrays.stream(constants)
        .collect(Collectors.toMap(c -> c.name().toLowerCase(Locale.ROOT), c -> c));
  }

  /// Assembles a program.
  ///
  /// @throws IllegalArgumentException naming the line that cannot be understood
  public static List<Insn> assemble(String text) {
    Assembler assembler = new Assembler();
    List<String> lines = assembler.place(text);
    List<Insn> insns = new ArrayList<>();
    for (String line : lines) {
      Insn insn;
      try {
        insn = assembler.insn(line);
      } catch (IllegalArgumentException | IndexOutOfBoundsException e) {
        throw new IllegalArgumentException("cannot assemble \"" + line + "\"", e);
      }
      insns.add(insn);
      assembler.slot += insn.slots();
    }
    return insns;
  }

  /// Strips comments and notes where each label stands.
  private List<String> place(String text) {
    List<String> code = new ArrayList<>();
    Map<String, Integer> declared = new HashMap<>();
    int at = 0;
    for (String raw : text.toLowerCase(Locale.ROOT).split("\n", -1)) {
      String line = raw.replaceFirst("#.*", "").strip();
      if (line.endsWith(":")) {
        declared.put(line.substring(0, line.length() - 1).strip(), at);
      } else if (!line.isEmpty()) {
        if (line.equals("exit")) {
          labels.put("exit", at);
        }
        code.add(line);
        at += line.startsWith("lddw") ? 2 : 1;
      }
    }
    labels.putAll(declared);
    return code;
  }

  private Insn insn(String line) {
    String[] words = line.split("\\s+", 2);
    String operands = words.length > 1 ? words[1] : "";
    String[] args = operands.isEmpty() ? new String[0] : operands.split("\\s*,\\s*");
    String mnemonic = words[0];
    return switch (mnemonic) {
      case "exit" -> new Insn.Exit();
      case "ja" -> new Insn.Jump(false, target(args[0]));
      case "ja32" -> new Insn.Jump(true, target(args[0]));
      case "call" -> call(args[0]);
      case "lddw" -> new Insn.LoadImm64(register(args[0]), ImmKind.VALUE, number(args[1]));
      case "lock" -> lock(operands.split("\\s+|\\s*,\\s*"));
      default -> byPattern(mnemonic, args);
    };
  }

  private Insn byPattern(String mnemonic, String[] args) {
    Matcher m = SWAP.matcher(mnemonic);
    if (m.matches()) {
      Order order =
          switch (m.group(1)) {
            case "le" -> Order.LE;
            case "be" -> Order.BE;
            default -> Order.SWAP;
          };
      return new Insn.Swap(order, Integer.parseInt(m.group(2)), register(args[0]));
    }
    m = EXTEND.matcher(mnemonic);
    if (m.matches()) {
      Width width = m.group(2).equals("32") ? Width.W32 : Width.W64;
      int bits = Integer.parseInt(m.group(1));
      return new Insn.MoveSignExtend(width, bits, register(args[0]), register(args[1]));
    }
    m = MEMORY.matcher(mnemonic);
    if (m.matches()) {
      return memory(m.group(1), !m.group(2).isEmpty(), m.group(3), args);
    }
    m = JUMP.matcher(mnemonic);
    if (m.matches()) {
      JumpOp op = find(JUMP_OPS, m.group(1));
      int off = target(args[2]);
      return new Insn.Branch(width(m.group(2)), op, register(args[0]), operand(args[1]), off);
    }
    m = ALU.matcher(mnemonic);
    if (m.matches()) {
      AluOp op = find(ALU_OPS, m.group(1));
      Operand source = op == AluOp.NEG ? new Operand.Imm(0) : operand(args[1]);
      return new Insn.Alu(width(m.group(2)), op, register(args[0]), source);
    }
    throw new IllegalArgumentException("unknown mnemonic " + mnemonic);
  }

  private static Insn memory(String access, boolean signed, String width, String[] args) {
    MemorySize size = MemorySize.valueOf(width.toUpperCase(Locale.ROOT));
    if (access.equals("ldx")) {
      Place place = place(args, 1);
      return new Insn.Load(size, signed, register(args[0]), place.base(), place.off());
    }
    if (signed) {
      throw new IllegalArgumentException("stores have no sign");
    }
    Place place = place(args, 0);
    Operand value = operand(args[1]);
    if (value instanceof Operand.Reg != access.equals("stx")) {
      throw new IllegalArgumentException("stx stores a register, st a constant");
    }
    return new Insn.Store(size, place.base(), place.off(), value);
  }

  private static Insn lock(String[] words) {
    boolean fetch = words[0].equals("fetch");
    Matcher m = ALU.matcher(words[fetch ? 1 : 0]);
    if (!m.matches()) {
      throw new IllegalArgumentException("unknown atomic operation");
    }
    AtomicOp op = find(ATOMIC_OPS, m.group(1));
    boolean exchange = op == AtomicOp.XCHG || op == AtomicOp.CMPXCHG;
    MemorySize size = m.group(2) == null ? MemorySize.DW : MemorySize.W;
    Place place = place(words, fetch ? 2 : 1);
    Register source = register(words[fetch ? 3 : 2]);
    return new Insn.Atomic(size, op, fetch || exchange, place.base(), place.off(), source);
  }

  private Insn call(String callee) {
    String[] words = callee.split("\\s+");
    if (words.length == 1) {
      return callee.startsWith("%")
          ? new Insn.CallRegister(register(callee))
          : new Insn.Call(CallKind.HELPER, narrow(callee));
    }
    return switch (words[0]) {
      case "local" -> new Insn.Call(CallKind.SUBPROGRAM, target(words[1]));
      case "helper" -> new Insn.Call(CallKind.HELPER, narrow(words[1]));
      case "runtime" -> new Insn.Call(CallKind.KFUNC, narrow(words[1]));
      default -> throw new IllegalArgumentException("unknown call " + words[0]);
    };
  }

  private int target(String text) {
    if (text.startsWith("+") || text.startsWith("-")) {
      return narrow(text);
    }
    Integer at = labels.get(text);
    if (at == null) {
      throw new IllegalArgumentException("unknown label " + text);
    }
    return at - slot - 1;
  }

  private record Place(Register base, int off) {}

  private static Place place(String[] args, int index) {
    Matcher m = PLACE.matcher(args[index]);
    if (!m.matches()) {
      throw new IllegalArgumentException("not a place in memory: " + args[index]);
    }
    return new Place(register("%" + m.group(1)), m.group(2) == null ? 0 : narrow(m.group(2)));
  }

  private static <T> T find(Map<String, T> operations, String name) {
    T found = operations.get(name);
    if (found == null) {
      throw new IllegalArgumentException("unknown operation " + name);
    }
    return found;
  }

  private static Width width(@Nullable String suffix) {
    return suffix == null ? Width.W64 : Width.W32;
  }

  private static Register register(String text) {
    if (!text.startsWith("%r")) {
      throw new IllegalArgumentException("not a register: " + text);
    }
    return Register.of(Integer.parseInt(text.substring(2)));
  }

  private static Operand operand(String text) {
    return text.startsWith("%") ? new Operand.Reg(register(text)) : new Operand.Imm(narrow(text));
  }

  /// The low 32 bits of a number, which may be written with more.
  private static int narrow(String text) {
    return (int) number(text);
  }

  private static long number(String text) {
    boolean negative = text.startsWith("-");
    String digits = negative || text.startsWith("+") ? text.substring(1) : text;
    long value =
        digits.startsWith("0x")
            ? Long.parseUnsignedLong(digits.substring(2), 16)
            : Long.parseUnsignedLong(digits);
    return negative ? -value : value;
  }
}
