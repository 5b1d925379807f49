package org.bpf4j.compiler.translate;

import java.util.List;
import org.bpf4j.compiler.ast.Declaration.ViewKind;
import org.bpf4j.compiler.ast.Expr;
import org.bpf4j.compiler.ast.Library;
import org.bpf4j.compiler.ast.Type;
import org.bpf4j.compiler.ast.Type.Primitive;
import org.bpf4j.compiler.ast.Type.Special;
import org.bpf4j.compiler.diagnostic.CompilerBug;
import org.bpf4j.compiler.ssa.Fact;
import org.bpf4j.compiler.ssa.Inst.CompareOp;
import org.bpf4j.compiler.ssa.Inst.UnaryOp;
import org.bpf4j.compiler.ssa.Value;
import org.bpf4j.object.CName;
import org.bpf4j.object.Helper;
import org.bpf4j.object.KernelFunction;
import org.bpf4j.object.KernelVersion;
import org.bpf4j.object.Kfunc;
import org.bpf4j.object.KfuncType;
import org.bpf4j.object.PointerExchange;
import org.bpf4j.object.Signature;

/// Calls of helpers, and the methods that are little more than one.
///
/// The helper's signature says what each register wants; see [KernelArguments]. A result is as wide
/// as the method's; a view is the address that the kernel gives; a dynptr is in the place that the
/// last argument says, and its number tells whether it was made.
final class KernelCalls {
  private static final KernelVersion SESSIONS = new KernelVersion(6, 10);

  private static final Kfunc SESSION = session("bpf_session_is_return", List.of());

  /// The same function under a flavour, which both loaders leave out of the name.
  private static final Kfunc SESSION_WITH_CONTEXT =
      session(
          "bpf_session_is_return___context",
          List.of(new Kfunc.Parameter("ctx", Signature.Argument.CONTEXT, KfuncType.ANYTHING)));

  private static Kfunc session(String name, List<Kfunc.Parameter> parameters) {
    return new Kfunc(name, SESSIONS, KfuncType.number(1, false), List.of(), "", parameters);
  }

  private final Body body;
  private final Code code;

  KernelCalls(Body body) {
    this.body = body;
    this.code = body.code;
  }

  Operand call(Expr.KernelCall call) {
    KernelArguments arguments = new KernelArguments(body, call);
    Value[] values = arguments.evaluate();
    Operand result = result(call, values);
    arguments.finish();
    return result;
  }

  private Operand result(Expr.KernelCall call, Value[] arguments) {
    KernelFunction helper = call.function();
    return switch (call.type()) {
      case Special special when special == Special.VOID -> {
        code.run(helper, arguments);
        yield Operand.NOTHING;
      }
      case Special special when special == Special.DYNPTR -> {
        Value result = code.call(helper, org.bpf4j.compiler.ssa.Type.I64, arguments);
        Value there =
            helper.mayGiveNull() ? code.compare(CompareOp.EQ, result, code.i64(0)) : code.i32(1);
        yield Operand.pair(there, arguments[arguments.length - 1]);
      }
      case Type.ViewType(String view) -> {
        boolean kernel = body.shapes.declaration(view).kind() == ViewKind.KERNEL_STRUCT;
        yield Operand.of(
            code.call(
                helper,
                kernel ? org.bpf4j.compiler.ssa.Type.I64 : org.bpf4j.compiler.ssa.Type.PTR,
                arguments));
      }
      default -> {
        Value result = code.call(helper, org.bpf4j.compiler.ssa.Type.I64, arguments);
        Primitive type = Expressions.primitiveOf(call.type());
        yield Operand.of(body.conversions.convert(result, Primitive.LONG, type));
      }
    };
  }

  /// `pointer.exchange(object)`: the object that was there, or null, is the program's now.
  Operand exchange(Expr.LibraryCall call) {
    if (!(LibraryCalls.receiverOf(call).type()
        instanceof Type.HeldType(String struct, boolean own))) {
      throw new CompilerBug("no place for a pointer at " + call.span());
    }
    Value place = body.library.receiver(call);
    Expr given = call.arguments().getFirst();
    org.bpf4j.compiler.ssa.Type type =
        own ? org.bpf4j.compiler.ssa.Type.PTR : org.bpf4j.compiler.ssa.Type.I64;
    Value object =
        given instanceof Expr.Null ? code.number(type, 0) : body.expressions.value(given).only();
    body.at(call.span());
    PointerExchange exchange = new PointerExchange(own ? CName.ofType(struct) : struct);
    return Operand.reference(code.call(exchange, type, place, object), 0, Operand.MAX_ALIGN);
  }

  /// Methods of the class of helpers that are none themselves.
  Operand call(Expr.LibraryCall call) {
    return switch (call.method()) {
      case CURRENT_TASK -> {
        body.at(call.span());
        yield Operand.of(code.call(Helper.GET_CURRENT_TASK, org.bpf4j.compiler.ssa.Type.I64));
      }
      case KERNEL_HAS -> kernelHas(call);
      case VIEW_AT -> {
        Value address = body.expressions.value(call.arguments().get(1)).only();
        body.at(call.span());
        yield Operand.of(code.unary(UnaryOp.NUMBER, address));
      }
      case ADDRESS_OF -> {
        Value address = body.expressions.value(call.arguments().getFirst()).only();
        body.at(call.span());
        yield Operand.of(code.unary(UnaryOp.NUMBER, address));
      }
      default -> copy(call);
    };
  }

  /// Whether the kernel has a function or variable: its address is null if not.
  private Operand kernelHas(Expr.LibraryCall call) {
    if (!(call.arguments().getFirst() instanceof Expr.Text name)) {
      throw new CompilerBug("the name of a kernel's symbol is computed at " + call.span());
    }
    body.at(call.span());
    Value address = code.kernelAddress(name.value(), true);
    return Operand.of(code.compare(CompareOp.NE, address, code.nullPointer()));
  }

  /// Whether a session's program runs at the return. Newer kernels want the context for the answer
  /// (7.0), which others do not take; the loader leaves the one call that fits.
  Operand sessionIsReturn(Expr.LibraryCall call) {
    body.at(call.span());
    Draft asks = code.ssa().newBlock();
    Draft older = code.ssa().newBlock();
    Draft askedWithout = code.ssa().newBlock();
    Draft join = code.ssa().newBlock();
    Value answer = code.ssa().parameter(join, org.bpf4j.compiler.ssa.Type.I64);
    Value there = code.kernelAddress(SESSION_WITH_CONTEXT.name(), true);
    code.ssa().branch(CompareOp.NE, there, code.nullPointer(), asks, older);
    code.ssa().enterSealed(asks);
    Value context = body.context(call);
    code.ssa()
        .jump(join, code.call(SESSION_WITH_CONTEXT, org.bpf4j.compiler.ssa.Type.I64, context));
    code.ssa().enterSealed(older);
    Value without = code.kernelAddress(SESSION.name(), true);
    code.ssa()
        .branch(
            CompareOp.NE,
            without,
            code.nullPointer(),
            askedWithout,
            List.of(),
            join,
            List.of(code.i64(0)));
    code.ssa().enterSealed(askedWithout);
    code.ssa().jump(join, code.call(SESSION, org.bpf4j.compiler.ssa.Type.I64));
    code.ssa().enterSealed(join);
    Value low = code.unary(UnaryOp.ZEXT8, code.unary(UnaryOp.TRUNC, answer));
    return Operand.of(code.compare(CompareOp.NE, low, 0));
  }

  /// `copy(from, to)` of structs, every byte of them; copying one to itself changes nothing.
  private Operand copy(Expr.LibraryCall call) {
    Expr from = call.arguments().getFirst();
    Expr to = call.arguments().get(1);
    if (call.method() != Library.COPY || !(from.type() instanceof Type.StructType struct)) {
      throw new CompilerBug("copy of " + from.type());
    }
    Operand source = reference(from);
    Operand target = reference(to);
    body.at(call.span());
    int align = body.scope.layouts().struct(struct.name()).align();
    code.copy(
        Provenance.place(code.ssa(), target.only(), align),
        Provenance.place(code.ssa(), source.only(), align),
        body.scope.layouts().struct(struct.name()).size());
    return Operand.NOTHING;
  }

  private Operand reference(Expr expr) {
    Operand operand = body.expressions.value(expr);
    body.at(expr.span());
    Value there = code.refine(operand.only(), new Fact.NonNull(Subjects.of(expr)));
    return operand.with(List.of(there));
  }
}
