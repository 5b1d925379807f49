package org.bpf4j.compiler.ssa;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.bpf4j.compiler.diagnostic.Span;
import org.bpf4j.compiler.ssa.Terminator.Edge;
import org.bpf4j.isa.MemorySize;
import org.bpf4j.object.CoreRelocation;
import org.bpf4j.object.KernelFunction;
import org.bpf4j.object.KernelVersion;
import org.bpf4j.object.Kfunc;
import org.bpf4j.object.KfuncType;
import org.bpf4j.object.ProgramKind;

/// Reads the text that [Printer] writes.
///
/// Every method throws `IllegalArgumentException`, naming line and column, for text that is not
/// SSA; what is well-formed text may still break a rule that [Checker] knows.
public final class Parser {
  private static final Pattern DEFINITION =
      Pattern.compile("\\s*v(\\d+) = .*? : (i32|i64|ptr)\\s*(;.*)?");
  private static final Pattern PARAMETER = Pattern.compile("v(\\d+): (i32|i64|ptr)");

  private final List<String> lines;
  private int next;
  private Map<Integer, Type> types = Map.of();

  private Parser(String text) {
    this.lines = text.lines().toList();
  }

  /// Reads a program.
  public static Program parse(String text) {
    return new Parser(text).program();
  }

  /// Reads a single function.
  public static Function parseFunction(String text) {
    Parser parser = new Parser(text);
    Function function = parser.function();
    if (parser.more()) {
      throw parser.line().wrong("end of text expected");
    }
    return function;
  }

  private Program program() {
    TextLine line = line();
    line.expect("program ");
    ProgramKind kind = line.constant(ProgramKind.class);
    String section = line.word();
    line.expect("floor ");
    int major = line.small();
    line.expect(".");
    KernelVersion floor = new KernelVersion(major, line.small());
    List<Function> functions = new ArrayList<>();
    while (more()) {
      functions.add(function());
    }
    return new Program(
        kind, section, functions, new Requirement(floor, "the program", Optional.empty()));
  }

  private Function function() {
    TextLine line = line();
    line.expect("function ");
    String name = line.word();
    Function.Role role = line.constant(Function.Role.class);
    Optional<Type> result =
        line.take(":") ? Optional.of(line.constant(Type.class)) : Optional.empty();
    Span span = line.origin().span();
    types = collectTypes();
    List<Function.StackSlot> slots = new ArrayList<>();
    List<Block> blocks = new ArrayList<>();
    while (true) {
      line = line();
      if (line.take("end")) {
        return new Function(name, role, result, blocks, slots, span);
      } else if (line.take("slot ")) {
        slots.add(new Function.StackSlot(line.small(), line.small(), line.word()));
      } else {
        blocks.add(block(line));
      }
    }
  }

  /// The types of a function's values, which may be used in lines above their definitions.
  private Map<Integer, Type> collectTypes() {
    Map<Integer, Type> found = new HashMap<>();
    for (int i = next; i < lines.size() && !lines.get(i).strip().equals("end"); i++) {
      Matcher definition = DEFINITION.matcher(lines.get(i));
      if (definition.matches()) {
        put(found, definition);
      } else if (lines.get(i).startsWith("b")) {
        PARAMETER.matcher(lines.get(i)).results().forEach(r -> put(found, r));
      }
    }
    return found;
  }

  private static void put(Map<Integer, Type> found, java.util.regex.MatchResult definition) {
    found.put(
        Integer.valueOf(definition.group(1)),
        TextLine.find(Type.class, definition.group(2)).orElseThrow());
  }

  private Block block(TextLine header) {
    int id = header.numbered("b");
    List<Value> parameters = new ArrayList<>();
    header.expect("(");
    while (!header.take(")")) {
      parameters.add(value(header));
      header.expect(":");
      header.constant(Type.class);
      header.take(",");
    }
    header.expect(":");
    List<Inst> insts = new ArrayList<>();
    while (true) {
      TextLine line = line();
      Optional<Terminator> terminator = terminator(line);
      if (terminator.isPresent()) {
        return new Block(id, parameters, insts, terminator.get());
      }
      insts.add(inst(line));
    }
  }

  private Optional<Terminator> terminator(TextLine line) {
    if (line.take("jump ")) {
      Edge target = edge(line);
      return Optional.of(new Terminator.Jump(target, line.origin()));
    } else if (line.take("branch ")) {
      Inst.CompareOp op = line.constant(Inst.CompareOp.class);
      Value left = value(line);
      line.expect(",");
      Value right = value(line);
      line.expect("then ");
      Edge then = edge(line);
      line.expect("else ");
      Edge otherwise = edge(line);
      return Optional.of(new Terminator.Branch(op, left, right, then, otherwise, line.origin()));
    } else if (line.take("again ")) {
      LoopForm form = line.constant(LoopForm.class);
      Edge body = edge(line);
      line.expect("else ");
      Edge exhausted = edge(line);
      return Optional.of(new Terminator.Again(form, body, exhausted, line.origin()));
    } else if (line.take("return")) {
      Optional<Value> value = line.atEnd() ? Optional.empty() : Optional.of(value(line));
      return Optional.of(new Terminator.Return(value, line.origin()));
    } else if (line.take("abort ")) {
      Terminator.AbortReason reason = line.constant(Terminator.AbortReason.class);
      return Optional.of(new Terminator.Abort(reason, line.origin()));
    }
    return Optional.empty();
  }

  private Inst inst(TextLine line) {
    if (line.take("store ")) {
      MemorySize size = line.constant(MemorySize.class);
      Place to = place(line);
      line.expect(",");
      Value value = value(line);
      return new Inst.Store(size, to.base, to.offset, value, region(line), line.origin());
    } else if (line.take("zero ")) {
      Place to = place(line);
      line.expect(",");
      int bytes = line.small();
      return new Inst.Zero(to.base, to.offset, bytes, region(line), line.origin());
    } else if (line.take("copy ")) {
      Place to = place(line);
      Region toRegion = region(line);
      line.expect(",");
      Place from = place(line);
      Region fromRegion = region(line);
      line.expect(",");
      int bytes = line.small();
      return new Inst.Copy(
          to.base, to.offset, toRegion, from.base, from.offset, fromRegion, bytes, line.origin());
    } else if (line.take("atomic ")) {
      return atomic(Optional.empty(), line);
    } else if (line.take("helper ")) {
      return new Inst.CallKernel(Optional.empty(), helper(line), values(line), line.origin());
    } else if (line.take("kfunc ")) {
      return new Inst.CallKernel(
          Optional.empty(), Kfunc.parse(line.word()), values(line), line.origin());
    } else if (line.take("call ")) {
      return new Inst.CallFunction(Optional.empty(), line.word(), values(line), line.origin());
    }
    Value result = value(line);
    line.expect("=");
    return definition(result, line);
  }

  private Inst definition(Value result, TextLine line) {
    String word = line.word();
    return switch (word) {
      case "const" -> new Inst.Const(result, line.number(), origin(line));
      case "cmp" -> {
        Inst.CompareOp op = line.constant(Inst.CompareOp.class);
        List<Value> sides = pair(line);
        yield new Inst.Compare(result, op, sides.getFirst(), sides.getLast(), origin(line));
      }
      case "refine" -> new Inst.Refine(result, value(line), fact(line), origin(line));
      case "load" -> {
        boolean kept = line.take("kept ");
        boolean signed = line.take("signed ");
        MemorySize size = line.constant(MemorySize.class);
        Place from = place(line);
        yield new Inst.Load(
            result, size, signed, from.base, from.offset, region(line), kept, origin(line));
      }
      case "atomic" -> atomic(Optional.of(result), line);
      case "stack" -> new Inst.StackAddress(result, line.small(), line.take("fresh"), origin(line));
      case "map" -> new Inst.MapAddress(result, line.word(), origin(line));
      case "global" -> new Inst.GlobalAddress(result, line.word(), line.small(), origin(line));
      case "function" -> new Inst.FunctionAddress(result, line.word(), origin(line));
      case "kernel" -> {
        boolean weak = line.take("weak ");
        Optional<KfuncType> type =
            line.take("percpu ") ? Optional.of(KfuncType.parse(line.word())) : Optional.empty();
        yield new Inst.KernelAddress(result, line.word(), weak, type, origin(line));
      }
      case "ptradd" -> {
        List<Value> sides = pair(line);
        yield new Inst.PtrAdd(result, sides.getFirst(), sides.getLast(), origin(line));
      }
      case "helper" ->
          new Inst.CallKernel(Optional.of(result), helper(line), values(line), origin(line));
      case "kfunc" ->
          new Inst.CallKernel(
              Optional.of(result), Kfunc.parse(line.word()), values(line), origin(line));
      case "call" ->
          new Inst.CallFunction(Optional.of(result), line.word(), values(line), origin(line));
      case "core" ->
          new Inst.CoreConst(
              result,
              new Inst.CoreAccess(
                  line.constant(CoreRelocation.Kind.class), line.word(), line.word()),
              origin(line));
      default -> arithmetic(result, word, line);
    };
  }

  private Inst arithmetic(Value result, String word, TextLine line) {
    Optional<Inst.UnaryOp> unary = TextLine.find(Inst.UnaryOp.class, word);
    if (unary.isPresent()) {
      return new Inst.Unary(result, unary.get(), value(line), origin(line));
    }
    Inst.BinaryOp binary =
        TextLine.find(Inst.BinaryOp.class, word)
            .orElseThrow(() -> line.wrong("unknown operation " + word));
    List<Value> sides = pair(line);
    return new Inst.Binary(result, binary, sides.getFirst(), sides.getLast(), origin(line));
  }

  private Inst atomic(Optional<Value> result, TextLine line) {
    Inst.AtomicOp op = line.constant(Inst.AtomicOp.class);
    MemorySize size = line.constant(MemorySize.class);
    Place place = place(line);
    line.expect(",");
    Value operand = value(line);
    Optional<Value> expected = line.take(",") ? Optional.of(value(line)) : Optional.empty();
    Region region = region(line);
    Origin origin = result.isPresent() ? origin(line) : line.origin();
    return new Inst.Atomic(
        result, op, size, place.base, place.offset, operand, expected, region, origin);
  }

  private Fact fact(TextLine line) {
    String word = line.word();
    return switch (word) {
      case "range" -> new Fact.Range(line.number(), line.number());
      case "nonnull" -> new Fact.NonNull(line.word());
      case "present" -> new Fact.Present(value(line), line.word());
      case "packet" -> new Fact.PacketBytes(line.small());
      case "trusted" -> new Fact.Trusted(false);
      case "trusted_or_null" -> new Fact.Trusted(true);
      case "member" -> new Fact.Member(line.word(), line.word(), line.word());
      default -> throw line.wrong("unknown fact " + word);
    };
  }

  /// The type that ends a definition, which `collectTypes` has read, and the origin behind it.
  private static Origin origin(TextLine line) {
    line.expect(":");
    line.constant(Type.class);
    return line.origin();
  }

  private record Place(Value base, int offset) {}

  private Place place(TextLine line) {
    line.expect("[");
    Value base = value(line);
    line.expect("+");
    int offset = line.small();
    line.expect("]");
    return new Place(base, offset);
  }

  private static Region region(TextLine line) {
    Region.Kind kind = line.constant(Region.Kind.class);
    return switch (kind) {
      case STACK -> Region.stack(line.small());
      case MAP, GLOBAL, RING -> new Region(kind, line.word());
      case CONTEXT, PACKET, KERNEL, ARENA, OBJECT, CAPTURED, ANY -> new Region(kind, "");
    };
  }

  private static KernelFunction helper(TextLine line) {
    String name = line.word();
    return KernelFunction.helper(name).orElseThrow(() -> line.wrong("unknown helper " + name));
  }

  private Edge edge(TextLine line) {
    int block = line.numbered("b");
    return new Edge(block, values(line));
  }

  private List<Value> pair(TextLine line) {
    Value left = value(line);
    line.expect(",");
    return List.of(left, value(line));
  }

  private List<Value> values(TextLine line) {
    List<Value> values = new ArrayList<>();
    line.expect("(");
    while (!line.take(")")) {
      values.add(value(line));
      line.take(",");
    }
    return values;
  }

  private Value value(TextLine line) {
    int id = line.numbered("v");
    Type type = types.get(id);
    if (type == null) {
      throw line.wrong("v" + id + " is not defined");
    }
    return new Value(id, type);
  }

  private boolean more() {
    while (next < lines.size() && lines.get(next).isBlank()) {
      next++;
    }
    return next < lines.size();
  }

  private TextLine line() {
    if (!more()) {
      throw new IllegalArgumentException("text ends too early");
    }
    TextLine line = new TextLine(next + 1, lines.get(next));
    next++;
    return line;
  }
}
