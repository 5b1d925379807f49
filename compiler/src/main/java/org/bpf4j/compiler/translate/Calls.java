package org.bpf4j.compiler.translate;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import org.bpf4j.compiler.ast.Expr;
import org.bpf4j.compiler.ast.Stmt;
import org.bpf4j.compiler.ast.Type;
import org.bpf4j.compiler.ast.Unit;
import org.bpf4j.compiler.ast.Unit.FunctionRef;
import org.bpf4j.compiler.ast.Walk;
import org.bpf4j.compiler.diagnostic.Code;
import org.bpf4j.compiler.diagnostic.Diagnostic;
import org.bpf4j.compiler.ssa.Inst;
import org.bpf4j.compiler.ssa.Origin;
import org.bpf4j.compiler.ssa.Value;

/// Calls of BPF functions: a subprogram where [ProgramScope] has one, else the callee's body in
/// place of the call.
///
/// Inlining is what lets references, records, array lengths and aborts cross a call.
final class Calls {
  private final Body body;
  private final org.bpf4j.compiler.translate.Code code;
  private final Deque<FunctionRef> open = new ArrayDeque<>();

  Calls(Body body) {
    this.body = body;
    this.code = body.code;
  }

  Operand call(Expr.Call expr) {
    Unit.Function callee = body.scope.function(expr.function());
    List<Operand> arguments = new ArrayList<>();
    for (int i = 0; i < expr.arguments().size(); i++) {
      arguments.add(
          body.expressions.valueAs(expr.arguments().get(i), callee.parameters().get(i).type()));
    }
    body.at(expr.span());
    return body.scope
        .subprogram(callee)
        .map(name -> invoke(name, callee, arguments))
        .orElseGet(() -> inline(expr, callee, arguments));
  }

  private Operand invoke(String name, Unit.Function callee, List<Operand> arguments) {
    List<Value> values = arguments.stream().map(Operand::only).toList();
    Optional<Value> result =
        body.shapes.of(callee.result()).stream().findFirst().map(code.ssa()::newValue);
    code.ssa().add(new Inst.CallFunction(result, name, values, code.ssa().origin()));
    return result.map(Operand::of).orElse(Operand.NOTHING);
  }

  private Operand inline(Expr.Call expr, Unit.Function callee, List<Operand> arguments) {
    if (open.contains(callee.ref()) || body.frame().function().ref().equals(callee.ref())) {
      throw new Refusal(
          Diagnostic.error(
              Code.BPF2001,
              expr.span(),
              "`" + callee.ref().name() + "` calls itself: there is no stack for recursion",
              "write it as a loop"));
    }
    Origin at = body.frame().origin(expr.span());
    Draft after = code.ssa().newBlock();
    Slot result = body.expressions.temporary(callee.result());
    Frame.Exit exit = new Frame.Exit(callee.result(), result, after);
    Frame frame = new Frame(callee, Optional.of(at), Optional.of(exit));
    for (int i = 0; i < arguments.size(); i++) {
      frame.declare(callee.parameters().get(i), body.shapes).write(code.ssa(), arguments.get(i));
    }
    Frame caller = body.enter(frame);
    open.push(callee.ref());
    body.statements.run(callee.body());
    open.pop();
    body.enter(caller);
    body.at(expr.span());
    code.ssa().jump(after);
    code.ssa().enterSealed(after);
    return result.read(code.ssa());
  }

  /// The body of a lambda in place of its call.
  Operand inline(Expr.Lambda lambda, List<Operand> arguments) {
    Unit.Function source = Callbacks.source(body, lambda);
    Draft after = code.ssa().newBlock();
    Slot result = body.expressions.temporary(lambda.result());
    Frame frame =
        new Frame(
            source,
            body.frame().inlinedAt(),
            Optional.of(new Frame.Exit(lambda.result(), result, after)));
    for (Unit.Local capture : Walk.captures(lambda)) {
      frame.adopt(capture, body.frame().local(capture));
    }
    for (int i = 0; i < arguments.size(); i++) {
      frame.declare(lambda.parameters().get(i), body.shapes).write(code.ssa(), arguments.get(i));
    }
    Frame around = body.enter(frame);
    body.statements.run(lambda.body());
    body.enter(around);
    body.at(lambda.span());
    code.ssa().jump(after);
    code.ssa().enterSealed(after);
    return result.read(code.ssa());
  }

  /// `return`: out of an inlined body, or out of the function.
  void leave(Stmt.Return stmt) {
    Type type = body.frame().function().result();
    Optional<Operand> value = stmt.value().map(expr -> body.expressions.valueAs(expr, type));
    body.at(stmt.span());
    if (body.frame().exit().isPresent()) {
      Frame.Exit exit = body.frame().exit().get();
      value.ifPresent(operand -> exit.result().write(code.ssa(), operand));
      code.ssa().jump(exit.block());
    } else {
      body.leave(value);
    }
  }
}
