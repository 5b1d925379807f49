package org.bpf4j.compiler.ssa;

import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.bpf4j.compiler.diagnostic.Span;
import org.bpf4j.compiler.ssa.Terminator.Edge;
import org.bpf4j.object.Helper;
import org.bpf4j.object.Kfunc;
import org.bpf4j.object.MapLookup;
import org.bpf4j.object.PointerExchange;

/// The text of SSA: one line for each instruction, its origin behind a semicolon.
///
/// [Parser] reads it back: `parse(print(x)) = x`, origins included. Dumps, goldens and test inputs
/// are this text.
///
/// ```
/// program XDP "xdp" floor 5.10
/// function filter PROGRAM : i32
/// slot 0 16 key
/// b0(v0: ptr):
///   v1 = const 5 : i32 ; Firewall.java:3:7-3:8
///   v2 = add v1, v1 : i32 ; Net.java:9:3-9:8 < Firewall.java:4:7-4:12
///   return v2
/// end
/// ```
public final class Printer {
  private static final Pattern BARE = Pattern.compile("[A-Za-z_$./][\\w$./]*");

  private Printer() {}

  /// The text of a program and all its functions.
  public static String print(Program program) {
    String header =
        "program %s %s floor %s\n"
            .formatted(program.kind(), word(program.section()), program.floor());
    return header + program.functions().stream().map(Printer::print).collect(Collectors.joining());
  }

  /// The text of a function, from `function` to `end`.
  public static String print(Function function) {
    StringBuilder text = new StringBuilder("function " + word(function.name()));
    text.append(' ').append(function.role());
    function.result().ifPresent(type -> text.append(" : ").append(name(type)));
    if (!function.span().equals(Span.NONE)) {
      text.append(" ; ").append(span(function.span()));
    }
    text.append('\n');
    for (Function.StackSlot slot : function.slots()) {
      text.append("slot %d %d %s\n".formatted(slot.id(), slot.bytes(), word(slot.name())));
    }
    function.blocks().forEach(block -> text.append(print(block)));
    return text.append("end\n").toString();
  }

  /// The text of a block.
  public static String print(Block block) {
    StringBuilder text = new StringBuilder("b" + block.id());
    text.append(
        block.parameters().stream()
            .map(p -> p + ": " + name(p.type()))
            .collect(Collectors.joining(", ", "(", "):\n")));
    for (Inst inst : block.insts()) {
      text.append("  ").append(print(inst)).append(comment(inst.origin())).append('\n');
    }
    Terminator end = block.terminator();
    return text.append("  " + print(end) + comment(end.origin()) + "\n").toString();
  }

  /// The text of an instruction, without its origin. One line per instruction.
  public static String print(Inst inst) {
    String body =
        switch (inst) {
          case Inst.Const i -> "const " + i.value();
          case Inst.Binary i -> name(i.op()) + " " + i.left() + ", " + i.right();
          case Inst.Unary i -> name(i.op()) + " " + i.operand();
          case Inst.Compare i -> "cmp " + name(i.op()) + " " + i.left() + ", " + i.right();
          case Inst.Refine i -> "refine " + i.value() + " " + fact(i.fact());
          case Inst.Load i ->
              "load %s%s%s %s %s"
                  .formatted(
                      i.kept() ? "kept " : "",
                      i.signed() ? "signed " : "",
                      name(i.size()),
                      place(i.base(), i.offset()),
                      region(i.region()));
          case Inst.Store i ->
              "store %s %s, %s %s"
                  .formatted(
                      name(i.size()), place(i.base(), i.offset()), i.value(), region(i.region()));
          case Inst.Zero i ->
              "zero %s, %d %s"
                  .formatted(place(i.base(), i.offset()), i.bytes(), region(i.region()));
          case Inst.Copy i ->
              "copy %s %s, %s %s, %d"
                  .formatted(
                      place(i.to(), i.toOffset()),
                      region(i.toRegion()),
                      place(i.from(), i.fromOffset()),
                      region(i.fromRegion()),
                      i.bytes());
          case Inst.Atomic i ->
              "atomic %s %s %s, %s%s %s"
                  .formatted(
                      name(i.op()),
                      name(i.size()),
                      place(i.base(), i.offset()),
                      i.operand(),
                      i.expected().map(e -> ", " + e).orElse(""),
                      region(i.region()));
          case Inst.StackAddress i -> "stack " + i.slot() + (i.fresh() ? " fresh" : "");
          case Inst.MapAddress i -> "map " + word(i.map());
          case Inst.GlobalAddress i -> "global " + word(i.section()) + " " + i.offset();
          case Inst.FunctionAddress i -> "function " + word(i.function());
          case Inst.KernelAddress i ->
              "kernel "
                  + (i.weak() ? "weak " : "")
                  + i.type().map(type -> "percpu " + word(type.text()) + " ").orElse("")
                  + word(i.symbol());
          case Inst.PtrAdd i -> "ptradd " + i.base() + ", " + i.offset();
          case Inst.CallKernel i ->
              switch (i.function()) {
                    case Helper _, MapLookup _, PointerExchange _ ->
                        "helper " + i.function().kernelName();
                    case Kfunc kfunc -> "kfunc " + word(kfunc.text());
                  }
                  + list(i.arguments());
          case Inst.CallFunction i -> "call " + word(i.function()) + list(i.arguments());
          case Inst.CoreConst i ->
              "core %s %s %s"
                  .formatted(i.access().kind(), word(i.access().view()), word(i.access().path()));
        };
    return inst.defined().map(v -> v + " = " + body + " : " + name(v.type())).orElse(body);
  }

  /// The text of a terminator, without its origin.
  public static String print(Terminator terminator) {
    return switch (terminator) {
      case Terminator.Jump t -> "jump " + edge(t.target());
      case Terminator.Branch t ->
          "branch %s %s, %s then %s else %s"
              .formatted(name(t.op()), t.left(), t.right(), edge(t.then()), edge(t.otherwise()));
      case Terminator.Again t ->
          "again %s %s else %s".formatted(t.form(), edge(t.body()), edge(t.exhausted()));
      case Terminator.Return t -> "return" + t.value().map(v -> " " + v).orElse("");
      case Terminator.Abort t -> "abort " + t.reason();
    };
  }

  private static String fact(Fact fact) {
    return switch (fact) {
      case Fact.Range(long min, long max) -> "range " + min + " " + max;
      case Fact.NonNull(String subject) -> "nonnull " + word(subject);
      case Fact.Present(Value flag, String subject) -> "present " + flag + " " + word(subject);
      case Fact.PacketBytes(int bytes) -> "packet " + bytes;
      case Fact.Trusted(boolean orNull) -> orNull ? "trusted_or_null" : "trusted";
      case Fact.Member(String view, String struct, String path) ->
          "member %s %s %s".formatted(word(view), word(struct), word(path));
    };
  }

  private static String edge(Edge edge) {
    return "b" + edge.block() + list(edge.arguments());
  }

  private static String list(List<Value> values) {
    return values.stream().map(Value::toString).collect(Collectors.joining(", ", "(", ")"));
  }

  private static String place(Value base, int offset) {
    return "[" + base + " + " + offset + "]";
  }

  private static String region(Region region) {
    String kind = name(region.kind());
    return switch (region.kind()) {
      case STACK -> kind + " " + region.name();
      case MAP, GLOBAL, RING -> kind + " " + word(region.name());
      case CONTEXT, PACKET, KERNEL, ARENA, OBJECT, CAPTURED, ANY -> kind;
    };
  }

  private static String name(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT);
  }

  private static String comment(Origin origin) {
    return origin.equals(Origin.of(Span.NONE)) ? "" : " ; " + chain(origin);
  }

  private static String chain(Origin origin) {
    return span(origin.span()) + origin.inlinedAt().map(call -> " < " + chain(call)).orElse("");
  }

  private static String span(Span span) {
    return "%s:%d:%d-%d:%d"
        .formatted(word(span.file()), span.line(), span.column(), span.endLine(), span.endColumn());
  }

  /// A name as it is if the parser knows where it ends, else quoted.
  private static String word(String name) {
    if (BARE.matcher(name).matches()) {
      return name;
    }
    StringBuilder text = new StringBuilder("\"");
    for (int i = 0; i < name.length(); i++) {
      char c = name.charAt(i);
      if (c == '"' || c == '\\') {
        text.append('\\').append(c);
      } else if (c < ' ') {
        text.append("\\u%04x".formatted((int) c));
      } else {
        text.append(c);
      }
    }
    return text.append('"').toString();
  }
}
