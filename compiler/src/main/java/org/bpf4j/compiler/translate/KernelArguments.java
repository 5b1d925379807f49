package org.bpf4j.compiler.translate;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.bpf4j.compiler.ast.Declaration.ViewKind;
import org.bpf4j.compiler.ast.Expr;
import org.bpf4j.compiler.ast.GlobalLayout.Placement;
import org.bpf4j.compiler.ast.KernelArgument;
import org.bpf4j.compiler.ast.Type;
import org.bpf4j.compiler.ast.Type.Primitive;
import org.bpf4j.compiler.ast.Type.Special;
import org.bpf4j.compiler.diagnostic.Code;
import org.bpf4j.compiler.diagnostic.CompilerBug;
import org.bpf4j.compiler.diagnostic.Diagnostic;
import org.bpf4j.compiler.ssa.Fact;
import org.bpf4j.compiler.ssa.Inst;
import org.bpf4j.compiler.ssa.Inst.BinaryOp;
import org.bpf4j.compiler.ssa.Inst.CompareOp;
import org.bpf4j.compiler.ssa.Inst.UnaryOp;
import org.bpf4j.compiler.ssa.Region;
import org.bpf4j.compiler.ssa.Terminator.AbortReason;
import org.bpf4j.compiler.ssa.Value;
import org.bpf4j.object.Helper;
import org.bpf4j.object.Signature;

/// The arguments of one helper call, in registers.
///
/// Numbers go in as 64 bits, sign-extended. A buffer is a struct, an array, a string or a header
/// view: its address, then its size. No helper of the oldest kernels reads or writes the context,
/// so a buffer there is copied to the stack for the call, and back behind it.
final class KernelArguments {
  /// `BITS_ITER_NR_WORDS_MAX`.
  private static final int MAX_WORDS = 511;

  private final Body body;
  private final org.bpf4j.compiler.translate.Code code;
  private final Expr.KernelCall call;
  private final List<Value> values = new ArrayList<>();
  private final List<Runnable> afterwards = new ArrayList<>();

  /// A Java argument after its evaluation; without operand it is a constant text, a map or null.
  private record Given(
      KernelArgument argument,
      Optional<Operand> operand,
      Optional<Value> from,
      Optional<Value> count) {

    Expr expr() {
      return argument.expr().orElseThrow(() -> new CompilerBug("not given: " + argument));
    }

    Operand value() {
      return operand.orElseThrow(() -> new CompilerBug("no value: " + argument));
    }
  }

  KernelArguments(Body body, Expr.KernelCall call) {
    this.body = body;
    this.code = body.code;
    this.call = call;
  }

  /// Evaluates all, as Java does, and then brings them into the kernel's form.
  Value[] evaluate() {
    List<Given> given = KernelArgument.of(call).stream().map(this::evaluate).toList();
    body.at(call.span());
    for (int i = 0; i < given.size(); i++) {
      if (!given.get(i).argument.kind().isSize()) {
        boolean notEmpty =
            i + 1 < given.size() && given.get(i + 1).argument.kind() == Signature.Argument.SIZE;
        add(given.get(i), notEmpty);
        if (i + 1 < given.size() && given.get(i + 1).argument.kind() == Signature.Argument.WORDS) {
          words(given.get(i).expr());
        }
      }
    }
    return values.toArray(Value[]::new);
  }

  /// What is left to do behind the call.
  void finish() {
    afterwards.forEach(Runnable::run);
  }

  private Given evaluate(KernelArgument argument) {
    Optional<Operand> operand = argument.expr().filter(e -> !isSymbol(e)).map(this::operand);
    Optional<Value> from = argument.range().map(range -> body.expressions.number(range.from()));
    Optional<Value> count = argument.range().map(range -> body.expressions.number(range.count()));
    return new Given(argument, operand, from, count);
  }

  private Operand operand(Expr expr) {
    Operand operand = body.expressions.value(expr);
    body.at(expr.span());
    return operand;
  }

  private static boolean isSymbol(Expr expr) {
    return expr instanceof Expr.Null || expr instanceof Expr.Text || expr instanceof Expr.MapRef;
  }

  /// One arm per kind of argument.
  private void add(Given given, boolean notEmpty) {
    switch (given.argument.kind()) {
      case CONTEXT -> values.add(body.context(call));
      case MAP -> values.add(map(given.expr()));
      case SCALAR -> values.add(number(given));
      case CONSTANT -> values.add(constant(given));
      case TEXT -> values.add(text(given.expr()));
      case MEMORY_READ, MEMORY_READ_OR_NULL, MEMORY_WRITE, MEMORY_READ_WRITE, MEMORY_OR_NULL ->
          buffer(given, notEmpty);
      case FIXED_READ, FIXED_READ_WRITE, LONG_WRITE, INT_READ_WRITE, FIXED_OR_NULL ->
          values.add(isNull(given) ? code.nullPointer() : fixed(given));
      case DYNPTR, DYNPTR_OR_NULL ->
          values.add(isNull(given) ? code.nullPointer() : present(given).only());
      case DYNPTR_NEW ->
          values.add(
              code.stackAddress(code.ssa().newSlot(RecordCalls.DYNPTR_BYTES, "dynptr"), true));
      case SOCKET, KERNEL_POINTER -> values.add(object(given));
      case KERNEL_POINTER_OR_NULL ->
          values.add(
              given.expr() instanceof Expr.Null ? code.i64(0) : given.value().parts().getLast());
      case MAP_KEY,
          MAP_VALUE,
          MAP_VALUE_WRITE,
          SIZE,
          SIZE_OR_ZERO,
          WORDS,
          RING_RECORD,
          CALLBACK,
          CALLBACK_CONTEXT,
          SPIN_LOCK,
          FIRST_VALUE,
          TIMER,
          POINTER_PLACE,
          DYNPTR_RESERVED,
          DYNPTR_RELEASED ->
          throw new CompilerBug(call.function() + " is not called by its own name");
    }
  }

  /// The size that was added last becomes one in words.
  private void words(Expr expr) {
    long words = code.constantOf(values.removeLast()).orElseThrow() / Long.BYTES;
    if (words > MAX_WORDS) {
      throw refused(expr, "the kernel goes over 511 words at most", "loop over parts of the array");
    }
    values.add(code.i64(words));
  }

  private Value map(Expr expr) {
    if (expr instanceof Expr.MapRef map) {
      return code.mapAddress(body.scope.symbols().map(map.owner(), map.name()));
    }
    throw refused(expr, "the map must be a field", "name a static final field of a map");
  }

  private Value number(Given given) {
    Expr expr = given.expr();
    if (expr.type() instanceof Type.ViewType) {
      Value address = given.value().parts().getLast();
      return address.type() == org.bpf4j.compiler.ssa.Type.PTR
          ? code.unary(UnaryOp.ADDRESS, address)
          : address;
    }
    Primitive type = Expressions.primitiveOf(expr.type());
    Value value =
        body.expressions.convert(given.value(), expr.type(), type, Subjects.of(expr)).only();
    return body.conversions.convert(value, type, Primitive.LONG);
  }

  private Value constant(Given given) {
    Value number = number(given);
    if (code.constantOf(number).isEmpty() && !isOfKernel(number)) {
      throw refused(given.expr(), "the kernel wants a constant here", "use a literal");
    }
    return number;
  }

  /// Whether the loader puts a number there that it asked the kernel's types for.
  private boolean isOfKernel(Value number) {
    Value source = number;
    while (code.ssa().definition(source).orElse(null) instanceof Inst.Unary unary) {
      source = unary.operand();
    }
    return code.ssa().definition(source).orElse(null) instanceof Inst.CoreConst;
  }

  private Value text(Expr expr) {
    if (expr instanceof Expr.Text text) {
      Placement at = body.scope.globals().text(text.value());
      return code.globalAddress(at.section(), at.offset());
    }
    throw refused(expr, "the text must be a constant: it becomes part of the program", "\"…\"");
  }

  /// A pointer of the kernel, which the kernel wants to be there.
  private Value object(Given given) {
    Expr expr = given.expr();
    boolean view =
        expr.type() instanceof Type.ViewType(String name)
            && body.shapes.declaration(name).kind() != ViewKind.HEADER;
    if (!view) {
      throw refused(
          expr, "the kernel wants one of its objects here", "a view of a kernel struct or socket");
    }
    body.at(expr.span());
    Value address = given.value().only();
    if (!isPart(address)) {
      return code.refine(address, new Fact.NonNull(Subjects.of(expr)));
    }
    code.ssa().check(CompareOp.NE, outermost(address), code.i64(0), AbortReason.NULL_REFERENCE);
    return part(address);
  }

  /// Whether an address is that of a struct inside another. Verifiers of older kernels take any
  /// pointer for one that may be null, and a part of null is not there either.
  private boolean isPart(Value address) {
    return code.ssa().definition(address).orElse(null) instanceof Inst.Binary part
        && part.op() == BinaryOp.ADD
        && code.ssa().definition(part.right()).orElse(null) instanceof Inst.CoreConst;
  }

  private Value outermost(Value address) {
    return isPart(address)
        ? outermost(((Inst.Binary) code.ssa().definition(address).orElseThrow()).left())
        : address;
  }

  /// The same address once more, behind the test of the outermost one.
  private Value part(Value address) {
    if (!isPart(address)) {
      return address;
    }
    Inst.Binary part = (Inst.Binary) code.ssa().definition(address).orElseThrow();
    Inst.CoreConst offset = (Inst.CoreConst) code.ssa().definition(part.right()).orElseThrow();
    Inst.CoreAccess member = offset.access();
    Value again = KernelViews.core(code, member.kind(), member.view(), member.path());
    return code.binary(BinaryOp.ADD, part(part.left()), again);
  }

  /// Whether null is given where the kernel takes it.
  private static boolean isNull(Given given) {
    return given.expr() instanceof Expr.Null && given.argument.kind().mayBeNull();
  }

  private Value fixed(Given given) {
    Operand there = present(given);
    return placed(given, there, bytes(given, there));
  }

  private void buffer(Given given, boolean notEmpty) {
    Expr expr = given.expr();
    if (isNull(given)) {
      values.add(code.nullPointer());
      values.add(code.i64(0));
    } else if (expr instanceof Expr.Text text) {
      values.add(text(expr));
      values.add(code.i64(text.value().getBytes(StandardCharsets.UTF_8).length + 1));
    } else if (expr instanceof Expr.Null) {
      throw refused(expr, "the kernel wants memory here, not null", "a struct or an array");
    } else {
      Operand there = present(given);
      if (call.function() == Helper.DYNPTR_FROM_MEM) {
        requireShared(expr, there.only());
      }
      int bytes = bytes(given, there);
      if (given.from.isPresent() && given.count.isPresent()) {
        Part part = part(expr, bytes, given.from.get(), given.count.get(), notEmpty);
        Value address = placed(given, there, bytes);
        boolean first = code.constantOf(part.start).orElse(-1) == 0;
        values.add(first ? address : code.pointerAdd(address, part.start));
        values.add(part.count);
      } else {
        values.add(placed(given, there, bytes));
        values.add(code.i64(bytes));
      }
    }
  }

  /// The verifier makes dynptrs of values of maps only, which static fields are too.
  private void requireShared(Expr expr, Value address) {
    if (Provenance.of(code.ssa(), address)
        .filter(kind -> kind == Region.Kind.MAP || kind == Region.Kind.GLOBAL)
        .isEmpty()) {
      throw refused(
          expr,
          "the kernel wants memory of a map or a static field here",
          "static final Buffer buffer = new Buffer();");
    }
  }

  private Operand present(Given given) {
    Expr expr = given.expr();
    if (given.operand.isEmpty()) {
      throw refused(expr, "the kernel wants memory here", "a struct or an array");
    }
    Operand operand = given.value();
    body.at(expr.span());
    if (operand.parts().size() == 2) {
      Fact fact = new Fact.Present(operand.flag(), Subjects.of(expr));
      return operand.with(List.of(code.refine(operand.parts().get(1), fact)));
    }
    Fact fact = new Fact.NonNull(Subjects.of(expr));
    return operand.with(List.of(code.refine(operand.only(), fact)));
  }

  /// The size of a buffer.
  private int bytes(Given given, Operand operand) {
    Expr expr = given.expr();
    int bytes =
        switch (expr.type()) {
          case Type.StructType(String name) -> body.scope.layouts().struct(name).size();
          case Type.ArrayType(Type element) ->
              operand.extent() * body.scope.layouts().size(operand.lying(element));
          case Type.ViewType(String name)
              when body.shapes.declaration(name).kind() == ViewKind.HEADER -> {
            if (!call.function().readsPacket()) {
              throw refused(
                  expr,
                  "the kernel does not let this helper reach into the packet",
                  "copy what it needs into a struct or an array");
            }
            yield body.scope.layouts().view(name).size();
          }
          case Special special when special == Special.BPF_STRING -> operand.extent();
          default ->
              throw refused(
                  expr,
                  "the kernel wants memory here",
                  "a struct, an array, a BpfString or a header view");
        };
    if (bytes == 0) {
      throw refused(expr, "the kernel wants at least a byte here", "a longer array");
    }
    return bytes;
  }

  /// The address that the helper gets: the buffer's own, or that of its copy.
  private Value placed(Given given, Operand operand, int bytes) {
    Address home = Provenance.place(code.ssa(), operand.only(), operand.align());
    Signature.Argument kind = given.argument.kind();
    Optional<Region.Kind> region = Provenance.of(code.ssa(), operand.only());
    if (!Provenance.isOutOfReach(code.ssa(), operand.only())) {
      boolean text = given.expr().type() == Special.BPF_STRING;
      boolean ring = region.filter(k -> k == Region.Kind.RING).isPresent();
      boolean terminated = ring && given.count.isEmpty();
      if (text && !terminated && kind == Signature.Argument.MEMORY_WRITE && mayWriteLess()) {
        code.zero(home, bytes);
      }
      return operand.only();
    }
    org.bpf4j.compiler.translate.Code.Scratch copy = code.scratch(bytes);
    code.copy(copy.address(), home, bytes);
    afterwards.add(
        () -> {
          if (kind.isWritten()) {
            code.copy(home, copy.address(), bytes);
          }
          code.release(copy);
        });
    return copy.address().base();
  }

  /// What stands behind a text's terminator is zero, but most helpers leave it alone.
  private boolean mayWriteLess() {
    return call.function() != Helper.GET_CURRENT_COMM;
  }

  /// A part of an array, within it.
  private record Part(Value start, Value count) {}

  /// A part of an array. The verifier adds the greatest start to the greatest count, so one of them
  /// must be constant.
  private Part part(Expr expr, int bytes, Value from, Value count, boolean notEmpty) {
    int least = notEmpty ? 1 : 0;
    long start = code.constantOf(from).orElse(-1);
    long length = code.constantOf(count).orElse(-1);
    if (length >= least && length <= bytes) {
      int last = bytes - (int) length;
      Value distance = start >= 0 && start <= last ? code.i64(start) : checked(from, 0, last);
      return new Part(distance, code.i64(length));
    }
    if (start >= 0 && start <= bytes - least) {
      return new Part(code.i64(start), checked(count, least, bytes - (int) start));
    }
    throw refused(
        expr,
        "where the part begins or how long it is must be a constant within the array",
        "copy the part into an array of its own first");
  }

  /// A number within bounds, or an abort. What is above the least is what is checked and used: the
  /// verifier of older kernels does not know a number by another that was computed from it.
  private Value checked(Value number, int least, int most) {
    Value above = least == 0 ? number : code.binary(BinaryOp.SUB, number, least);
    code.ssa().check(CompareOp.ULE, above, code.i32(most - least), AbortReason.INDEX_OUT_OF_BOUNDS);
    Value known = code.refine(above, new Fact.Range(0, most - least));
    return code.unary(UnaryOp.ZEXT32, least == 0 ? known : code.binary(BinaryOp.ADD, known, least));
  }

  private static Refusal refused(Expr expr, String message, String help) {
    return new Refusal(Diagnostic.error(Code.BPF2018, expr.span(), message, help));
  }
}
