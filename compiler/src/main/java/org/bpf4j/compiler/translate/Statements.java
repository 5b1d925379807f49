package org.bpf4j.compiler.translate;

import java.util.HashSet;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.bpf4j.compiler.ast.Stmt;
import org.bpf4j.compiler.ssa.Terminator.AbortReason;

/// Statements, in the order of the text.
final class Statements {
  private final Body body;
  private final Code code;

  Statements(Body body) {
    this.body = body;
    this.code = body.code;
  }

  void run(Stmt stmt) {
    run(stmt, Set.of());
  }

  private void run(Stmt stmt, Set<String> labels) {
    try {
      translate(stmt, labels);
    } catch (Refusal refusal) {
      refusal.in(stmt);
      throw refusal;
    }
  }

  /// One arm per statement; `labels` are those that stand right before it.
  private void translate(Stmt stmt, Set<String> labels) {
    switch (stmt) {
      case Stmt.Block s -> s.statements().forEach(this::run);
      case Stmt.Declare s -> declare(s);
      case Stmt.Evaluate s -> body.expressions.run(s.expression());
      case Stmt.If s -> branch(s);
      case Stmt.While s -> body.loops.whileLoop(s, labels);
      case Stmt.DoWhile s -> body.loops.doWhile(s, labels);
      case Stmt.For s -> body.loops.forLoop(s, labels);
      case Stmt.Each s -> body.walks.loop(s, labels);
      case Stmt.Labeled s -> labeled(s, labels);
      case Stmt.Budgeted s -> {
        OptionalInt outer = body.frame().budget(OptionalInt.of(s.rounds()));
        run(s.body(), labels);
        body.frame().budget(outer);
      }
      case Stmt.Break s -> {
        body.at(s.span());
        body.sections.leaveTo(body.frame().aroundBreak(s.label()));
        code.ssa().jump(body.frame().breakTarget(s.label()));
      }
      case Stmt.Continue s -> {
        body.at(s.span());
        body.sections.leaveTo(body.frame().aroundContinue(s.label()));
        code.ssa().jump(body.frame().continueTarget(s.label()));
      }
      case Stmt.Return s -> body.calls.leave(s);
      case Stmt.Throw s -> {
        body.at(s.span());
        code.ssa().abort(AbortReason.THROWN);
      }
      case Stmt.Locked s -> body.locks.region(s);
      case Stmt.Guarded s -> body.sections.guarded(s);
      case Stmt.Switch s -> body.switches.statement(s, labels);
      case Stmt.Yield s -> {
        Frame.Exit yield = body.frame().yieldTarget();
        Operand value = body.expressions.valueAs(s.value(), yield.type());
        body.at(s.span());
        body.sections.leaveAllBut(body.frame().aroundYield());
        yield.result().write(code.ssa(), value);
        code.ssa().jump(yield.block());
      }
    }
  }

  private void declare(Stmt.Declare stmt) {
    Slot slot = body.frame().declare(stmt.local(), body.shapes);
    stmt.value()
        .ifPresent(
            value -> {
              body.allocations.declaring(stmt.local().name(), value);
              slot.write(code.ssa(), body.expressions.valueAs(value, stmt.local().type()));
            });
  }

  private void branch(Stmt.If stmt) {
    Draft then = code.ssa().newBlock();
    Draft otherwise = code.ssa().newBlock();
    Draft join = stmt.otherwise().isPresent() ? code.ssa().newBlock() : otherwise;
    body.conditions.branch(stmt.condition(), then, otherwise);
    code.ssa().enterSealed(then);
    run(stmt.then());
    code.ssa().jump(join);
    if (stmt.otherwise().isPresent()) {
      code.ssa().enterSealed(otherwise);
      run(stmt.otherwise().get());
      code.ssa().jump(join);
    }
    code.ssa().enterSealed(join);
  }

  private void labeled(Stmt.Labeled stmt, Set<String> outer) {
    Set<String> labels = new HashSet<>(outer);
    labels.add(stmt.label());
    switch (stmt.body()) {
      case Stmt.While _,
          Stmt.DoWhile _,
          Stmt.For _,
          Stmt.Each _,
          Stmt.Switch _,
          Stmt.Labeled _,
          Stmt.Budgeted _ ->
          run(stmt.body(), labels);
      case Stmt.Block _,
          Stmt.Declare _,
          Stmt.Evaluate _,
          Stmt.If _,
          Stmt.Break _,
          Stmt.Continue _,
          Stmt.Return _,
          Stmt.Throw _,
          Stmt.Locked _,
          Stmt.Guarded _,
          Stmt.Yield _ -> {
        Draft end = code.ssa().newBlock();
        body.frame().push(new Frame.Target(labels, false, end, Optional.empty()));
        run(stmt.body());
        body.frame().pop();
        code.ssa().jump(end);
        code.ssa().enterSealed(end);
      }
    }
  }
}
