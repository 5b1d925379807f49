package org.bpf4j.compiler.translate;

import org.bpf4j.compiler.ast.Expr;
import org.bpf4j.compiler.ssa.Value;
import org.bpf4j.object.Helper;

/// Tail calls: another program takes over, and this one goes on only if there is none.
final class TailCalls {
  private final Body body;
  private final Code code;

  TailCalls(Body body) {
    this.body = body;
    this.code = body.code;
  }

  Operand call(Expr.LibraryCall call) {
    Value stage = body.expressions.value(call.arguments().getFirst()).only();
    body.at(call.span());
    Value map = code.mapAddress(MapCalls.symbol(body, call));
    code.run(Helper.TAIL_CALL, body.context(), map, stage);
    return Operand.NOTHING;
  }
}
