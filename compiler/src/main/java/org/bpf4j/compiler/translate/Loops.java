package org.bpf4j.compiler.translate;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.bpf4j.compiler.ast.Expr;
import org.bpf4j.compiler.ast.Stmt;
import org.bpf4j.compiler.diagnostic.Span;
import org.bpf4j.compiler.ssa.Inst.BinaryOp;
import org.bpf4j.compiler.ssa.Inst.CompareOp;
import org.bpf4j.compiler.ssa.Terminator.AbortReason;
import org.bpf4j.compiler.ssa.Type;
import org.bpf4j.compiler.ssa.Value;

/// Loops, each of which the kernel's verifier must see end.
///
/// A loop that [TripCount] bounds is left as it is. Any other spends from a budget of rounds that
/// all such loops of a program run share, and aborts when it is used up; kernels that have
/// `may_goto` keep that budget themselves.
final class Loops {

  /// The rounds of one program run. The verifier follows every round and gives up after a million
  /// instructions (`BPF_COMPLEXITY_LIMIT_INSNS`): this leaves 122 for a round.
  static final int BUDGET = 8192;

  private final Body body;
  private final Code code;
  private final Variable budget = new Variable(Type.I32, BUDGET);

  Loops(Body body) {
    this.body = body;
    this.code = body.code;
  }

  void whileLoop(Stmt.While stmt, Set<String> labels) {
    loop(Optional.of(stmt.condition()), List.of(), stmt.body(), labels, stmt.span());
  }

  void forLoop(Stmt.For stmt, Set<String> labels) {
    stmt.init().forEach(body.statements::run);
    loop(stmt.condition(), stmt.update(), stmt.body(), labels, stmt.span());
  }

  private void loop(
      Optional<Expr> condition, List<Expr> update, Stmt inner, Set<String> labels, Span span) {
    Draft head = code.ssa().newBlock();
    Draft exit = code.ssa().newBlock();
    Draft next = code.ssa().newBlock();
    code.ssa().jump(head);
    code.ssa().enter(head);
    test(condition, exit);
    body(inner, labels, exit, next);
    code.ssa().jump(next);
    code.ssa().enterSealed(next);
    update.forEach(body.expressions::run);
    again(head, exit, span);
    code.ssa().enterSealed(exit);
  }

  void doWhile(Stmt.DoWhile stmt, Set<String> labels) {
    Draft head = code.ssa().newBlock();
    Draft exit = code.ssa().newBlock();
    Draft condition = code.ssa().newBlock();
    code.ssa().jump(head);
    code.ssa().enter(head);
    body(stmt.body(), labels, exit, condition);
    code.ssa().jump(condition);
    code.ssa().enterSealed(condition);
    test(Optional.of(stmt.condition()), exit);
    again(head, exit, stmt.span());
    code.ssa().enterSealed(exit);
  }

  /// Goes on behind the condition, or to the exit.
  private void test(Optional<Expr> condition, Draft exit) {
    if (condition.isPresent()) {
      Draft inside = code.ssa().newBlock();
      body.conditions.branch(condition.get(), inside, exit);
      code.ssa().enterSealed(inside);
    }
  }

  private void body(Stmt stmt, Set<String> labels, Draft exit, Draft next) {
    body.frame().push(new Frame.Target(labels, true, exit, Optional.of(next)));
    body.statements.run(stmt);
    body.frame().pop();
  }

  /// Closes the loop: back to its head, as long as the budget lasts if it needs one.
  private void again(Draft head, Draft exit, Span span) {
    body.at(span);
    if (code.ssa().isDead() || new TripCount(code.ssa()).isBounded(head, exit)) {
      code.ssa().jump(head);
    } else if (body.scope.hasMayGoto()) {
      Draft exhausted = code.ssa().newBlock();
      code.ssa().mayGoto(head, exhausted);
      code.ssa().enterSealed(exhausted);
      code.ssa().abort(AbortReason.LOOP_BUDGET);
    } else {
      Value left = code.ssa().read(budget);
      code.ssa().check(CompareOp.NE, left, code.i32(0), AbortReason.LOOP_BUDGET);
      code.ssa().write(budget, code.binary(BinaryOp.SUB, left, 1));
      code.ssa().jump(head);
    }
    code.ssa().seal(head);
  }
}
