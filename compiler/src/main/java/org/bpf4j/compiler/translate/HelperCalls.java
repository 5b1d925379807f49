package org.bpf4j.compiler.translate;

import java.util.List;
import org.bpf4j.compiler.ast.Expr;
import org.bpf4j.compiler.ast.Library;
import org.bpf4j.compiler.ast.Type;
import org.bpf4j.compiler.ast.Type.Primitive;
import org.bpf4j.compiler.ast.Type.Special;
import org.bpf4j.compiler.diagnostic.CompilerBug;
import org.bpf4j.compiler.ssa.Fact;
import org.bpf4j.compiler.ssa.Inst.UnaryOp;
import org.bpf4j.compiler.ssa.Value;
import org.bpf4j.object.Helper;

/// Methods that are one helper call: numbers go in as 64 bits, sign-extended, and come out as wide
/// as the method's result.
final class HelperCalls {
  private final Body body;
  private final Code code;

  HelperCalls(Body body) {
    this.body = body;
    this.code = body.code;
  }

  Operand call(Expr.LibraryCall call) {
    return switch (call.method()) {
      case CURRENT_TASK -> {
        body.at(call.span());
        yield Operand.of(code.call(Helper.GET_CURRENT_TASK, org.bpf4j.compiler.ssa.Type.I64));
      }
      case GET_CURRENT_COMM -> {
        Operand to = buffer(call.arguments().getFirst());
        body.at(call.span());
        body.library
            .strings()
            .fill(
                to, false, room -> code.run(Helper.GET_CURRENT_COMM, room, code.i64(to.extent())));
        yield Operand.NOTHING;
      }
      case PROBE_READ_KERNEL_STR, PROBE_READ_USER_STR -> {
        Operand to = buffer(call.arguments().getFirst());
        Value address = body.expressions.number(call.arguments().get(1));
        body.at(call.span());
        Value result = code.ssa().newValue(org.bpf4j.compiler.ssa.Type.I64);
        body.library
            .strings()
            .fill(
                to,
                true,
                room -> code.call(result, helper(call), room, code.i64(to.extent()), address));
        yield Operand.of(code.unary(UnaryOp.TRUNC, result));
      }
      case COPY -> copy(call);
      default -> plain(call);
    };
  }

  private static Helper helper(Expr.LibraryCall call) {
    return call.method()
        .helper()
        .orElseThrow(() -> new CompilerBug(call.method() + " has no helper"));
  }

  private Operand buffer(Expr expr) {
    Operand operand = body.expressions.value(expr);
    body.at(expr.span());
    Value there = code.refine(operand.only(), new Fact.NonNull(Subjects.of(expr)));
    return operand.with(List.of(there));
  }

  private Operand plain(Expr.LibraryCall call) {
    Value[] arguments = new Value[call.arguments().size()];
    for (int i = 0; i < arguments.length; i++) {
      Expr argument = call.arguments().get(i);
      Value value = body.expressions.number(argument);
      body.at(argument.span());
      Primitive type = Expressions.primitiveOf(argument.type());
      arguments[i] = body.conversions.convert(value, type, Primitive.LONG);
    }
    body.at(call.span());
    if (call.type() == Special.VOID) {
      code.run(helper(call), arguments);
      return Operand.NOTHING;
    }
    Value result = code.call(helper(call), org.bpf4j.compiler.ssa.Type.I64, arguments);
    Primitive type = Expressions.primitiveOf(call.type());
    return Operand.of(body.conversions.convert(result, Primitive.LONG, type));
  }

  /// `copy(from, to)` of structs, every byte of them; copying one to itself changes nothing.
  private Operand copy(Expr.LibraryCall call) {
    Expr from = call.arguments().getFirst();
    Expr to = call.arguments().get(1);
    if (call.method() != Library.COPY || !(from.type() instanceof Type.StructType struct)) {
      throw new CompilerBug("copy of " + from.type());
    }
    Operand source = buffer(from);
    Operand target = buffer(to);
    body.at(call.span());
    int align = body.scope.layouts().struct(struct.name()).align();
    code.copy(
        Provenance.place(code.ssa(), target.only(), align),
        Provenance.place(code.ssa(), source.only(), align),
        body.scope.layouts().struct(struct.name()).size());
    return Operand.NOTHING;
  }
}
