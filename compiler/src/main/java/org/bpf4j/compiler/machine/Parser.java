package org.bpf4j.compiler.machine;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.bpf4j.compiler.diagnostic.Span;
import org.bpf4j.compiler.machine.MachineFunction.Slot;
import org.bpf4j.compiler.machine.MachineInsn.End;
import org.bpf4j.compiler.machine.Register.Content;
import org.bpf4j.compiler.machine.Register.Physical;
import org.bpf4j.compiler.machine.Register.Virtual;
import org.bpf4j.compiler.ssa.Function.Role;
import org.bpf4j.compiler.ssa.Origin;
import org.bpf4j.object.KernelVersion;
import org.bpf4j.object.ProgramKind;

/// Reads the text that [Printer] writes: the same code comes back.
///
/// Origins may be left out, so that test cases are short. What cannot be read is an
/// [IllegalArgumentException] that names the line.
///
/// @param <R> the kind of registers that the text must have
public final class Parser<R extends Register> {

  private static final Pattern HEADER =
      Pattern.compile("(program|subprogram|global) (\\S+)\\((.*)\\)");
  private static final Pattern SLOT = Pattern.compile("(slot|spill) (\\d+) (.*)");
  private static final Pattern BLOCK = Pattern.compile("b(\\d+):");
  private static final Pattern SPAN = Pattern.compile("(.*):(\\d+):(\\d+)-(\\d+):(\\d+)");

  private final Class<R> registers;
  private final List<String> lines;
  private int at;

  private Parser(Class<R> registers, String text) {
    this.registers = registers;
    this.lines = text.lines().filter(line -> !line.isBlank()).toList();
  }

  /// Reads a function before allocation.
  public static MachineFunction<Virtual> parseVirtual(String text) {
    return new Parser<>(Virtual.class, text).wholeFunction();
  }

  /// Reads a function with assigned registers.
  public static MachineFunction<Physical> parsePhysical(String text) {
    return new Parser<>(Physical.class, text).wholeFunction();
  }

  /// Reads a program before allocation.
  public static MachineProgram<Virtual> parseVirtualProgram(String text) {
    return new Parser<>(Virtual.class, text).program();
  }

  /// Reads a program with assigned registers.
  public static MachineProgram<Physical> parsePhysicalProgram(String text) {
    return new Parser<>(Physical.class, text).program();
  }

  private MachineProgram<R> program() {
    ProgramKind kind = ProgramKind.valueOf(field("kind "));
    String section = field("section ");
    KernelVersion floor = KernelVersion.parse(field("floor "));
    List<MachineFunction<R>> functions = new ArrayList<>();
    while (at < lines.size()) {
      functions.add(function());
    }
    if (functions.isEmpty()) {
      throw new IllegalArgumentException("a program without functions");
    }
    return new MachineProgram<>(kind, section, functions, floor);
  }

  private String field(String name) {
    String line = at < lines.size() ? lines.get(at++) : "";
    if (!line.startsWith(name)) {
      throw new IllegalArgumentException("expected " + name + "in: " + line);
    }
    return line.substring(name.length());
  }

  private MachineFunction<R> wholeFunction() {
    MachineFunction<R> function = function();
    if (at < lines.size()) {
      throw unreadable(lines.get(at));
    }
    return function;
  }

  private MachineFunction<R> function() {
    String line = at < lines.size() ? lines.get(at++) : "";
    Matcher header = HEADER.matcher(code(line));
    if (!header.matches()) {
      throw unreadable(line);
    }
    List<R> parameters = registers(header.group(3));
    List<Slot> slots = new ArrayList<>();
    for (Matcher slot; at < lines.size(); at++) {
      slot = SLOT.matcher(lines.get(at));
      if (!slot.matches()) {
        break;
      }
      slots.add(
          new Slot(Integer.parseInt(slot.group(2)), slot.group(3), slot.group(1).equals("spill")));
    }
    List<MachineBlock<R>> blocks = new ArrayList<>();
    while (at < lines.size() && BLOCK.matcher(lines.get(at)).matches()) {
      blocks.add(block());
    }
    if (blocks.isEmpty()) {
      throw new IllegalArgumentException("a function without blocks: " + line);
    }
    Role role = Role.valueOf(header.group(1).toUpperCase(Locale.ROOT));
    return new MachineFunction<>(
        header.group(2), role, parameters, blocks, slots, origin(line).span());
  }

  private MachineBlock<R> block() {
    Matcher label = BLOCK.matcher(lines.get(at++));
    if (!label.matches()) {
      throw unreadable(lines.get(at - 1));
    }
    List<MachineInsn<R>> insns = new ArrayList<>();
    while (at < lines.size()) {
      String line = lines.get(at++);
      MachineInsn<R> insn;
      try {
        insn = new InsnText<>(code(line).strip(), origin(line), this::register).insn();
      } catch (IllegalArgumentException | IndexOutOfBoundsException e) {
        throw new IllegalArgumentException("not an instruction: " + line, e);
      }
      if (insn instanceof End<R> end) {
        return new MachineBlock<>(Integer.parseInt(label.group(1)), insns, end);
      }
      insns.add(insn);
    }
    throw new IllegalArgumentException("b" + label.group(1) + " does not end");
  }

  private static String code(String line) {
    int comment = line.indexOf(" ; ");
    return comment < 0 ? line : line.substring(0, comment);
  }

  private static Origin origin(String line) {
    int comment = line.indexOf(" ; ");
    if (comment < 0) {
      return Origin.of(Span.NONE);
    }
    String[] spans = line.substring(comment + 3).split(" < ", -1);
    Optional<Origin> origin = Optional.empty();
    for (int i = spans.length - 1; i >= 0; i--) {
      Matcher span = SPAN.matcher(spans[i]);
      if (!span.matches()) {
        throw unreadable(line);
      }
      origin =
          Optional.of(
              new Origin(
                  new Span(
                      span.group(1),
                      Integer.parseInt(span.group(2)),
                      Integer.parseInt(span.group(3)),
                      Integer.parseInt(span.group(4)),
                      Integer.parseInt(span.group(5))),
                  origin));
    }
    return origin.orElseThrow();
  }

  private static IllegalArgumentException unreadable(String line) {
    return new IllegalArgumentException("cannot read: " + line);
  }

  private List<R> registers(String text) {
    List<R> list = new ArrayList<>();
    for (String name : text.isEmpty() ? new String[0] : text.split(", ", -1)) {
      list.add(register(name));
    }
    return list;
  }

  private R register(String name) {
    int number = Integer.parseInt(name.substring(1));
    Register register =
        name.charAt(0) == 'r'
            ? Physical.of(number)
            : new Virtual(number, Content.of(name.charAt(0)));
    if (!registers.isInstance(register)) {
      throw new IllegalArgumentException(name + " is not a " + registers.getSimpleName());
    }
    return registers.cast(register);
  }
}
