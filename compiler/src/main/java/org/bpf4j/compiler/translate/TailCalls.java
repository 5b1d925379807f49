package org.bpf4j.compiler.translate;

import org.bpf4j.compiler.ast.Expr;
import org.bpf4j.compiler.diagnostic.Diagnostic;
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
    code.run(Helper.TAIL_CALL, context(call), map, stage);
    return Operand.NOTHING;
  }

  private Value context(Expr.LibraryCall call) {
    if (body.role().isCalledBack()) {
      throw new Refusal(
          Diagnostic.error(
              org.bpf4j.compiler.diagnostic.Code.BPF1016,
              call.span(),
              "code that is called back cannot hand the packet over to another program",
              "note what is to be done in a captured variable, and call the stage behind"));
    }
    return body.context(call);
  }
}
