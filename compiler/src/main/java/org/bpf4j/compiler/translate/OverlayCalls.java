package org.bpf4j.compiler.translate;

import java.util.List;
import org.bpf4j.compiler.ast.Declaration.ViewKind;
import org.bpf4j.compiler.ast.Expr;
import org.bpf4j.compiler.diagnostic.Code;
import org.bpf4j.compiler.diagnostic.Diagnostic;
import org.bpf4j.compiler.ssa.Fact;
import org.bpf4j.compiler.ssa.Inst.CompareOp;
import org.bpf4j.compiler.ssa.Inst.UnaryOp;
import org.bpf4j.compiler.ssa.Terminator.AbortReason;
import org.bpf4j.compiler.ssa.Value;

/// `Overlay.of`: views of bytes in an array.
final class OverlayCalls {
  private final Body body;
  private final org.bpf4j.compiler.translate.Code code;

  OverlayCalls(Body body) {
    this.body = body;
    this.code = body.code;
  }

  /// A view that is never null; one that does not lie within the array aborts.
  Operand of(Expr.LibraryCall call) {
    if (!(call.arguments().getFirst() instanceof Expr.ClassLiteral view)
        || body.shapes.declaration(view.name()).kind() != ViewKind.HEADER) {
      throw refused(
          Code.BPF2018, call, "the view must be the literal of a @Header class", "Ipv4.class");
    }
    Expr memory = call.arguments().get(1);
    Operand array = body.expressions.value(memory);
    Value offset =
        call.arguments().size() > 2
            ? body.expressions.number(call.arguments().get(2))
            : code.i32(0);
    body.at(call.span());
    Value base = code.refine(array.only(), new Fact.NonNull(Subjects.of(memory)));
    int last = array.extent() - body.scope.layouts().view(view.name()).size();
    if (last < 0) {
      code.ssa().abort(AbortReason.INDEX_OUT_OF_BOUNDS);
      return Operand.of(List.of(code.i32(1), base));
    }
    return Operand.of(List.of(code.i32(1), place(call, base, offset, last)));
  }

  private Value place(Expr.LibraryCall call, Value base, Value offset, int last) {
    long constant = code.constantOf(offset).orElse(-1);
    if (constant >= 0 && constant <= last) {
      return constant == 0 ? base : code.pointerAdd(base, code.i64(constant));
    }
    if (code.constantOf(offset).isEmpty() && Scattered.isNeeded(code, base)) {
      throw refused(
          Code.BPF2015,
          call,
          "the offset of a view of the program's argument must be constant",
          "copy the struct with Helpers.copy");
    }
    code.ssa().check(CompareOp.ULE, offset, code.i32(last), AbortReason.INDEX_OUT_OF_BOUNDS);
    Value inRange = code.refine(offset, new Fact.Range(0, last));
    return code.pointerAdd(base, code.unary(UnaryOp.ZEXT32, inRange));
  }

  private static Refusal refused(Code code, Expr.LibraryCall call, String message, String help) {
    return new Refusal(Diagnostic.error(code, call.span(), message, help));
  }
}
