package org.bpf4j.attach;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.bpf4j.kernel.UnsupportedFeatureException;
import org.bpf4j.object.ProbeSpecs;
import org.bpf4j.object.ProbeSpecs.Form;
import org.bpf4j.sys.Architecture;

/// Where an argument of a static probe is, at one instruction.
///
/// Notes say it in the assembler's words behind the size, `-4@%esi`, `8@-16(%rbp)` or `8@[sp, 8]`;
/// a minus sign before the size is that of a signed number.
///
/// @param form what sort of place
/// @param number the value, or what is added to the register
/// @param register the register's offset in `struct pt_regs`
/// @param index the offset of the register that is an index
/// @param scale the binary logarithm of the index's factor
/// @param signed whether it is a signed number
/// @param bytes its size
record UsdtArgument(
    Form form, long number, int register, int index, int scale, boolean signed, int bytes) {

  /// One argument; no part of it is longer than a number, so that none takes long to match.
  private static final Pattern ARGUMENT =
      Pattern.compile(
          "\\s*(?<sign>-?)(?<bytes>[1248])@(?<place>\\[[^\\]\\s]*(?:, ?[^\\]\\s]*)?\\]|\\S+)");

  private static final Pattern X86_CONSTANT = Pattern.compile("\\$(-?\\d{1,19})");
  private static final Pattern X86_REGISTER = Pattern.compile("%(\\w{2,5})");
  private static final Pattern X86_MEMORY =
      Pattern.compile(
          "(?<number>-?\\d{1,10})?\\(%(?<base>\\w{2,4})(?:,%(?<index>\\w{2,4})(?:,(?<scale>[1248]))?)?\\)");
  private static final Pattern ARM_CONSTANT = Pattern.compile("(-?\\d{1,19})");
  private static final Pattern ARM_REGISTER = Pattern.compile("[xw](\\d{1,2})|(sp)");
  private static final Pattern ARM_MEMORY =
      Pattern.compile("\\[(?<base>x\\d{1,2}|sp)(?:, ?(?<number>-?\\d{1,10}))?\\]");

  /// `struct pt_regs` of x86-64: the registers in order, each with the names of its parts.
  private static final List<List<String>> X86 =
      List.of(
          List.of("r15", "r15d", "r15w", "r15b"),
          List.of("r14", "r14d", "r14w", "r14b"),
          List.of("r13", "r13d", "r13w", "r13b"),
          List.of("r12", "r12d", "r12w", "r12b"),
          List.of("rbp", "ebp", "bp", "bpl"),
          List.of("rbx", "ebx", "bx", "bl"),
          List.of("r11", "r11d", "r11w", "r11b"),
          List.of("r10", "r10d", "r10w", "r10b"),
          List.of("r9", "r9d", "r9w", "r9b"),
          List.of("r8", "r8d", "r8w", "r8b"),
          List.of("rax", "eax", "ax", "al"),
          List.of("rcx", "ecx", "cx", "cl"),
          List.of("rdx", "edx", "dx", "dl"),
          List.of("rsi", "esi", "si", "sil"),
          List.of("rdi", "edi", "di", "dil"));

  private static final Map<String, Integer> X86_OTHERS = Map.of("rip", 128, "rsp", 152);

  /// `struct user_pt_regs` of arm64: 31 registers, then `sp`.
  private static final int ARM_REGISTERS = 31;

  /// The arguments that a note lists, as text.
  static List<String> split(String arguments) {
    List<String> all = new ArrayList<>();
    Matcher matcher = ARGUMENT.matcher(arguments);
    int end = 0;
    while (end < arguments.length() && matcher.find(end) && matcher.start() == end) {
      all.add(matcher.group().strip());
      end = matcher.end();
    }
    if (!arguments.substring(end).isBlank()) {
      throw unknown(arguments.substring(end).strip());
    }
    return all;
  }

  /// Understands one argument.
  ///
  /// @throws UnsupportedFeatureException if its place is none that programs can read
  static UsdtArgument parse(String text, Architecture architecture) {
    Matcher argument = ARGUMENT.matcher(text);
    if (!argument.matches()) {
      throw unknown(text);
    }
    boolean signed = !argument.group("sign").isEmpty();
    int bytes = Integer.parseInt(argument.group("bytes"));
    UsdtArgument place =
        switch (architecture) {
          case X86_64 -> x86(argument.group("place"), text);
          case AARCH64 -> arm(argument.group("place"), text);
          case RISCV64, PPC64LE, S390X -> throw unknown(text);
        };
    return new UsdtArgument(
        place.form, place.number, place.register, place.index, place.scale, signed, bytes);
  }

  private static UsdtArgument x86(String place, String text) {
    Matcher constant = X86_CONSTANT.matcher(place);
    if (constant.matches()) {
      return of(Form.CONSTANT, Long.parseLong(constant.group(1)), 0);
    }
    Matcher register = X86_REGISTER.matcher(place);
    if (register.matches()) {
      return of(Form.REGISTER, 0, x86Register(register.group(1), text));
    }
    Matcher memory = X86_MEMORY.matcher(place);
    if (!memory.matches()) {
      throw unknown(text);
    }
    long number = memory.group("number") == null ? 0 : Long.parseLong(memory.group("number"));
    int base = x86Register(memory.group("base"), text);
    if (memory.group("index") == null) {
      return of(Form.MEMORY, number, base);
    }
    int factor = memory.group("scale") == null ? 1 : Integer.parseInt(memory.group("scale"));
    return new UsdtArgument(
        Form.INDEXED,
        number,
        base,
        x86Register(memory.group("index"), text),
        Integer.numberOfTrailingZeros(factor),
        false,
        0);
  }

  private static int x86Register(String name, String text) {
    for (int i = 0; i < X86.size(); i++) {
      if (X86.get(i).contains(name)) {
        return i * Long.BYTES;
      }
    }
    Integer other = X86_OTHERS.get(name);
    if (other == null) {
      throw unknown(text);
    }
    return other;
  }

  private static UsdtArgument arm(String place, String text) {
    Matcher constant = ARM_CONSTANT.matcher(place);
    if (constant.matches()) {
      return of(Form.CONSTANT, Long.parseLong(constant.group(1)), 0);
    }
    if (ARM_REGISTER.matcher(place).matches()) {
      return of(Form.REGISTER, 0, armRegister(place, text));
    }
    Matcher memory = ARM_MEMORY.matcher(place);
    if (!memory.matches()) {
      throw unknown(text);
    }
    long number = memory.group("number") == null ? 0 : Long.parseLong(memory.group("number"));
    return of(Form.MEMORY, number, armRegister(memory.group("base"), text));
  }

  private static int armRegister(String name, String text) {
    int number = name.equals("sp") ? ARM_REGISTERS : Integer.parseInt(name.substring(1));
    if (number > ARM_REGISTERS || number == ARM_REGISTERS && !name.equals("sp")) {
      throw unknown(text);
    }
    return number * Long.BYTES;
  }

  private static UsdtArgument of(Form form, long number, int register) {
    return new UsdtArgument(form, number, register, 0, 0, false, 0);
  }

  private static UnsupportedFeatureException unknown(String text) {
    String shown = text.length() > 80 ? text.substring(0, 80) + "…" : text;
    return new UnsupportedFeatureException(
        "an argument of a probe at `" + shown + "`, for programs", null);
  }

  /// Writes it as `struct __bpf_usdt_arg_spec`; see [ProbeSpecs].
  void write(MemorySegment to) {
    to.set(Image.LONG, ProbeSpecs.NUMBER, number);
    to.set(Image.INT, ProbeSpecs.FORM, form.ordinal() | index << 8 | scale << 20);
    to.set(Image.SHORT, ProbeSpecs.REGISTER, (short) register);
    to.set(ValueLayout.JAVA_BYTE, ProbeSpecs.SIGNED, (byte) (signed ? 1 : 0));
    to.set(ValueLayout.JAVA_BYTE, ProbeSpecs.SHIFT, (byte) (Long.SIZE - bytes * Byte.SIZE));
  }
}
