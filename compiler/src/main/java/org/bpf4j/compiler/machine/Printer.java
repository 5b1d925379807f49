package org.bpf4j.compiler.machine;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import org.bpf4j.compiler.diagnostic.Span;
import org.bpf4j.compiler.machine.MachineFunction.Slot;
import org.bpf4j.compiler.machine.MachineInsn.Base;
import org.bpf4j.compiler.machine.MachineInsn.Source;
import org.bpf4j.compiler.machine.MachineInsn.Symbol;
import org.bpf4j.compiler.ssa.Inst.CoreAccess;
import org.bpf4j.compiler.ssa.Origin;
import org.bpf4j.isa.MemorySize;
import org.bpf4j.isa.Width;
import org.bpf4j.object.Helper;
import org.bpf4j.object.Kfunc;
import org.bpf4j.object.MapLookup;
import org.bpf4j.object.PointerExchange;

/// Machine code as text, an instruction on a line; [Parser] reads it back.
///
/// A destination comes first, as in the mnemonics of the instruction set; `; ` begins the origin.
public final class Printer {

  private Printer() {}

  /// The text of a program.
  public static String print(MachineProgram<?> program) {
    StringBuilder text = new StringBuilder();
    text.append("kind ").append(program.kind()).append('\n');
    text.append("section ").append(program.section()).append('\n');
    text.append("floor ").append(program.floor()).append('\n');
    program.functions().forEach(function -> text.append(print(function)));
    return text.toString();
  }

  /// The text of a function.
  public static String print(MachineFunction<?> function) {
    StringBuilder text = new StringBuilder();
    text.append(function.role().name().toLowerCase(Locale.ROOT));
    text.append(' ').append(function.name());
    text.append('(').append(joined(function.parameters())).append(") ; ");
    text.append(span(function.span())).append('\n');
    for (Slot slot : function.slots()) {
      text.append(slot.spill() ? "spill " : "slot ");
      text.append(slot.bytes()).append(' ').append(slot.name()).append('\n');
    }
    for (MachineBlock<?> block : function.blocks()) {
      text.append('b').append(block.id()).append(":\n");
      for (MachineInsn<?> insn : block.all()) {
        text.append("  ").append(print(insn)).append(" ; ");
        text.append(origin(insn.origin())).append('\n');
      }
    }
    return text.toString();
  }

  private static String joined(List<? extends Register> registers) {
    return registers.stream().map(Object::toString).collect(Collectors.joining(", "));
  }

  private static String origin(Origin origin) {
    return span(origin.span()) + origin.inlinedAt().map(outer -> " < " + origin(outer)).orElse("");
  }

  private static String span(Span span) {
    return "%s:%d:%d-%d:%d"
        .formatted(span.file(), span.line(), span.column(), span.endLine(), span.endColumn());
  }

  /// The text of an instruction, without its origin.
  public static String print(MachineInsn<?> insn) {
    return switch (insn) {
      case MachineInsn.Constant<?> i ->
          "const%s %s, %d".formatted(bits(i.width()), i.dst(), i.value());
      case MachineInsn.Move<?> i -> "move%s %s, %s".formatted(bits(i.width()), i.dst(), i.src());
      case MachineInsn.Alu<?> i ->
          "%s%s %s, %s".formatted(lower(i.op()), bits(i.width()), i.dst(), source(i.src()));
      case MachineInsn.ToBigEndian<?> i -> "be%d %s".formatted(i.bits(), i.dst());
      case MachineInsn.ArenaCast<?> i ->
          "%s %s, %s".formatted(i.shared() ? "shared" : "arena", i.dst(), i.src());
      case MachineInsn.Load<?> i ->
          "load.%s %s, %s".formatted(lower(i.size()), i.dst(), place(i.base(), i.offset()));
      case MachineInsn.Store<?> i ->
          "store.%s %s, %s"
              .formatted(lower(i.size()), place(i.base(), i.offset()), source(i.src()));
      case MachineInsn.Atomic<?> i ->
          "%s.%s.%s %s, %s"
              .formatted(
                  i.fetch() ? "fetch" : "atomic",
                  lower(i.op()),
                  lower(i.size()),
                  place(i.base(), i.offset()),
                  i.src());
      case MachineInsn.CompareExchange<?> i ->
          "cmpxchg.%s %s, %s, %s, %s"
              .formatted(
                  lower(i.size()),
                  i.result(),
                  place(i.base(), i.offset()),
                  i.expected(),
                  i.replacement());
      case MachineInsn.Address<?> i -> address(i.dst(), i.symbol());
      case MachineInsn.FrameAddress<?> i ->
          "frame %s, [s%d%s]".formatted(i.dst(), i.slot(), signed(i.offset()));
      case MachineInsn.CoreConstant<?> i -> "core %s, %s".formatted(i.dst(), core(i.access()));
      case MachineInsn.CoreLoad<?> i -> coreLoad(i.size(), i.dst(), i.base(), i.access());
      case MachineInsn.CallKernel<?> i ->
          switch (i.function()) {
            case Helper _, MapLookup _, PointerExchange _ ->
                call("helper", i.result(), i.function().kernelName(), i.arguments());
            case Kfunc kfunc -> call("kfunc", i.result(), kfunc.text(), i.arguments());
          };
      case MachineInsn.CallFunction<?> i -> call("call", i.result(), i.function(), i.arguments());
      case MachineInsn.Jump<?> i -> "jump b" + i.target();
      case MachineInsn.Branch<?> i ->
          "if%s.%s %s, %s, b%d, b%d"
              .formatted(
                  bits(i.width()),
                  lower(i.op()),
                  i.left(),
                  source(i.right()),
                  i.then(),
                  i.otherwise());
      case MachineInsn.MayGoto<?> i -> "maygoto b%d, b%d".formatted(i.body(), i.exhausted());
      case MachineInsn.Exit<?> i -> "exit" + i.value().map(value -> " " + value).orElse("");
    };
  }

  private static int bits(Width width) {
    return width == Width.W32 ? 32 : 64;
  }

  private static String lower(Enum<?> name) {
    return name.name().toLowerCase(Locale.ROOT);
  }

  private static String source(Source<?> source) {
    return switch (source) {
      case Source.Reg<?>(Register register) -> register.toString();
      case Source.Imm<?>(int value) -> Integer.toString(value);
    };
  }

  private static String place(Base<?> base, int offset) {
    return switch (base) {
      case Base.Reg<?>(Register register) -> "[" + register + signed(offset) + "]";
      case Base.Slot<?>(int slot) -> "[s" + slot + signed(offset) + "]";
    };
  }

  private static String signed(int offset) {
    return offset < 0 ? " - " + -(long) offset : " + " + offset;
  }

  private static String address(Register dst, Symbol symbol) {
    return switch (symbol) {
      case Symbol.MapSymbol(String name) -> "map %s, %s".formatted(dst, name);
      case Symbol.DataSymbol(String section, int offset) ->
          "data %s, %s %d".formatted(dst, section, offset);
      case Symbol.FunctionSymbol(String name) -> "function %s, %s".formatted(dst, name);
      case Symbol.KernelSymbol(String name, boolean weak, var type) ->
          "%s %s, %s%s"
              .formatted(
                  weak ? "weak" : "kernel",
                  dst,
                  name,
                  type.map(percpu -> ", " + percpu.text()).orElse(""));
    };
  }

  private static String coreLoad(MemorySize size, Register dst, Register base, CoreAccess access) {
    return "coreload.%s %s, [%s + 0], %s".formatted(lower(size), dst, base, core(access));
  }

  private static String core(CoreAccess access) {
    return "%s %s %s".formatted(lower(access.kind()), access.view(), access.path());
  }

  private static String call(
      String what,
      Optional<? extends Register> result,
      String name,
      List<? extends Register> arguments) {
    return "%s %s, %s(%s)"
        .formatted(what, result.map(Object::toString).orElse("_"), name, joined(arguments));
  }
}
