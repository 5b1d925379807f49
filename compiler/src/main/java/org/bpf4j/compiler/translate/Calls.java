package org.bpf4j.compiler.translate;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.bpf4j.compiler.ast.Expr;
import org.bpf4j.compiler.ast.Rewrite;
import org.bpf4j.compiler.ast.Stmt;
import org.bpf4j.compiler.ast.Type;
import org.bpf4j.compiler.ast.Unit;
import org.bpf4j.compiler.ast.Unit.FunctionRef;
import org.bpf4j.compiler.ast.Walk;
import org.bpf4j.compiler.diagnostic.Code;
import org.bpf4j.compiler.diagnostic.Diagnostic;
import org.bpf4j.compiler.ssa.Fact;
import org.bpf4j.compiler.ssa.Inst;
import org.bpf4j.compiler.ssa.Origin;
import org.bpf4j.compiler.ssa.Requirement;
import org.bpf4j.compiler.ssa.Terminator.AbortReason;
import org.bpf4j.compiler.ssa.Value;
import org.bpf4j.object.KernelVersion;

/// Calls of BPF functions: a subprogram where [ProgramScope] has one, else the callee's body in
/// place of the call.
///
/// Inlining is what lets references, records, array lengths and aborts cross a call.
final class Calls {

  /// The first kernel that lets global functions be called while preemption or interrupts are off
  /// ("global function calls are not allowed with preemption disabled" before).
  private static final KernelVersion GLOBAL_CALLS_IN_SECTIONS = new KernelVersion(6, 15);

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
    if (body.sections.keepsTask() && body.scope.isGlobalOrCallsSuch(name)) {
      body.scope.require(
          new Requirement(
              GLOBAL_CALLS_IN_SECTIONS,
              "calls of global functions where no other task runs",
              Optional.of(code.ssa().origin())));
    }
    if (ProgramScope.isGlobal(callee)) {
      return invokeGlobal(name, callee, arguments);
    }
    List<Value> values = arguments.stream().map(Operand::only).toList();
    Optional<Value> result =
        body.shapes.of(callee.result()).stream().findFirst().map(code.ssa()::newValue);
    code.ssa().add(new Inst.CallFunction(result, name, values, code.ssa().origin()));
    code.ssa().call(body.scope.effort(name));
    return result.map(Operand::of).orElse(Operand.NOTHING);
  }

  /// The upper half of an `int` result, or any of a missing one, says that the function aborted.
  private Operand invokeGlobal(String name, Unit.Function callee, List<Operand> arguments) {
    List<Value> values = new ArrayList<>();
    for (int i = 0; i < arguments.size(); i++) {
      Value value = arguments.get(i).only();
      String subject = callee.parameters().get(i).name();
      values.add(
          value.type() == org.bpf4j.compiler.ssa.Type.PTR
              ? code.refine(value, new Fact.NonNull(subject))
              : value);
    }
    Value result = code.ssa().newValue(org.bpf4j.compiler.ssa.Type.I64);
    code.ssa().add(new Inst.CallFunction(Optional.of(result), name, values, code.ssa().origin()));
    List<org.bpf4j.compiler.ssa.Type> shape = body.shapes.of(callee.result());
    boolean isLong = shape.contains(org.bpf4j.compiler.ssa.Type.I64);
    if (body.scope.aborts(name)) {
      if (isLong) {
        throw new Refusal(
            Diagnostic.error(
                Code.BPF1008,
                callee.span(),
                "a global function that may abort cannot give a long: there is no room to say so",
                "let it give an int, or fill a struct that the caller passes"));
      }
      Value upper = code.binary(Inst.BinaryOp.SHR, result, code.i32(Integer.SIZE));
      code.ssa().check(Inst.CompareOp.EQ, upper, code.i64(0), AbortReason.CALLBACK_ABORTED);
    }
    if (shape.isEmpty()) {
      return Operand.NOTHING;
    }
    return Operand.of(isLong ? result : code.unary(Inst.UnaryOp.TRUNC, result));
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
    body.statements.run(withMaps(expr, callee).body());
    open.pop();
    body.enter(caller);
    body.at(expr.span());
    code.ssa().jump(after);
    code.ssa().enterSealed(after);
    return result.read(code.ssa());
  }

  /// A callee that names the maps that a call hands over, where it does not assign the parameter:
  /// what is said of a field's map is said of it too.
  private static Unit.Function withMaps(Expr.Call call, Unit.Function callee) {
    Map<Integer, Expr.MapRef> maps = new HashMap<>();
    for (int i = 0; i < call.arguments().size(); i++) {
      if (call.arguments().get(i) instanceof Expr.MapRef map) {
        maps.put(callee.parameters().get(i).id(), map);
      }
    }
    Walk.expressions(
        callee.body(),
        expr -> Walk.writtenLocal(expr).ifPresent(written -> maps.remove(written.id())));
    return maps.isEmpty()
        ? callee
        : Rewrite.of(
            callee,
            expr ->
                expr instanceof Expr.LocalPlace place && maps.containsKey(place.local().id())
                    ? maps.get(place.local().id())
                    : expr);
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
    body.sections.leave();
    if (body.frame().exit().isPresent()) {
      Frame.Exit exit = body.frame().exit().get();
      value.ifPresent(operand -> exit.result().write(code.ssa(), operand));
      code.ssa().jump(exit.block());
    } else {
      body.leave(value);
    }
  }
}
