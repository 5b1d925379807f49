package org.bpf4j.compiler.translate;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.bpf4j.compiler.ast.Expr;
import org.bpf4j.compiler.ast.Stmt;
import org.bpf4j.compiler.ast.Type;
import org.bpf4j.compiler.diagnostic.Span;
import org.bpf4j.compiler.ssa.Inst.CompareOp;
import org.bpf4j.compiler.ssa.Terminator.AbortReason;
import org.bpf4j.compiler.ssa.Value;

/// Switch statements and expressions.
///
/// Few labels are compared one by one, many by halves; there are no jump tables in BPF below ISA
/// v4.
final class Switches {

  /// Up to that many labels, comparing one by one takes no more branches on average than a search.
  private static final int LINEAR = 4;

  private record Arm(long label, Draft block) {}

  private final Body body;
  private final Code code;

  Switches(Body body) {
    this.body = body;
    this.code = body.code;
  }

  void statement(Stmt.Switch stmt, Set<String> labels) {
    Draft end = code.ssa().newBlock();
    body.frame().push(new Frame.Target(labels, true, end, Optional.empty()));
    run(stmt.selector(), stmt.cases(), stmt.exhaustive() ? Optional.empty() : Optional.of(end));
    body.frame().pop();
    code.ssa().jump(end);
    code.ssa().enterSealed(end);
  }

  Operand expression(Expr.SwitchExpr expr) {
    Draft join = code.ssa().newBlock();
    Slot result = body.expressions.temporary(expr.type());
    body.frame().pushYield(new Frame.Exit(expr.type(), result, join), body.sections.count());
    run(expr.selector(), expr.cases(), Optional.empty());
    body.frame().popYield();
    body.at(expr.span());
    code.ssa().abort(AbortReason.NO_MATCH);
    code.ssa().enterSealed(join);
    return result.read(code.ssa());
  }

  /// Jumps to a case and translates the bodies in order, each falling into the next; behind the
  /// last one the current block is what falls out of it.
  ///
  /// @param otherwise where to go without a match; absent: abort
  private void run(Expr selector, List<Stmt.Case> cases, Optional<Draft> otherwise) {
    Operand value = body.expressions.value(selector);
    body.at(selector.span());
    List<Draft> blocks = new ArrayList<>();
    Draft miss = code.ssa().newBlock();
    cases.forEach(_ -> blocks.add(code.ssa().newBlock()));
    if (cases.stream().anyMatch(each -> each.test().isPresent())) {
      dispatchTests(cases, blocks, miss);
    } else if (selector.type() == Type.Special.TEXT) {
      dispatchText(value, cases, blocks, miss);
    } else {
      dispatchNumber(value.only(), cases, blocks, miss);
    }
    code.ssa().enterSealed(miss);
    miss(selector, value, defaultOf(cases, blocks).or(() -> otherwise), selector.span());
    for (int i = 0; i < cases.size(); i++) {
      code.ssa().enterSealed(blocks.get(i));
      cases.get(i).body().forEach(body.statements::run);
      if (i + 1 < cases.size()) {
        code.ssa().jump(blocks.get(i + 1));
      }
    }
  }

  /// Goes where nothing matched. A null enum matches no label, and Java throws for it.
  private void miss(Expr selector, Operand value, Optional<Draft> target, Span span) {
    if (target.isEmpty()) {
      code.ssa().abort(AbortReason.NO_MATCH);
      return;
    }
    if (selector.type() instanceof Type.EnumType type && body.scope.mayBeNull(type)) {
      body.at(span);
      Value none = code.i32(body.numbers.nullOf(type));
      code.ssa().check(CompareOp.NE, value.only(), none, AbortReason.NO_MATCH);
    }
    code.ssa().jump(target.get());
  }

  private static Optional<Draft> defaultOf(List<Stmt.Case> cases, List<Draft> blocks) {
    for (int i = 0; i < cases.size(); i++) {
      if (cases.get(i).isDefault()) {
        return Optional.of(blocks.get(i));
      }
    }
    return Optional.empty();
  }

  private void dispatchTests(List<Stmt.Case> cases, List<Draft> blocks, Draft miss) {
    for (int i = 0; i < cases.size(); i++) {
      if (cases.get(i).test().isPresent()) {
        Draft next = code.ssa().newBlock();
        body.conditions.branch(cases.get(i).test().get(), blocks.get(i), next);
        code.ssa().enterSealed(next);
      }
    }
    code.ssa().jump(miss);
  }

  private void dispatchText(Operand text, List<Stmt.Case> cases, List<Draft> blocks, Draft miss) {
    for (int i = 0; i < cases.size(); i++) {
      for (String label : cases.get(i).texts()) {
        Draft next = code.ssa().newBlock();
        Value equal = body.library.strings().contentEquals(text, label);
        code.ssa().branch(CompareOp.NE, equal, code.i32(0), blocks.get(i), next);
        code.ssa().enterSealed(next);
      }
    }
    code.ssa().jump(miss);
  }

  private void dispatchNumber(
      Value selector, List<Stmt.Case> cases, List<Draft> blocks, Draft miss) {
    List<Arm> arms = new ArrayList<>();
    for (int i = 0; i < cases.size(); i++) {
      for (long label : cases.get(i).labels()) {
        arms.add(new Arm(label, blocks.get(i)));
      }
    }
    if (arms.size() > LINEAR) {
      arms.sort(Comparator.comparingLong(Arm::label));
    }
    search(selector, arms, miss);
  }

  private void search(Value selector, List<Arm> arms, Draft miss) {
    if (arms.size() > LINEAR) {
      int middle = arms.size() / 2;
      Draft low = code.ssa().newBlock();
      Draft high = code.ssa().newBlock();
      Value pivot = code.number(selector.type(), arms.get(middle).label());
      code.ssa().branch(CompareOp.SLT, selector, pivot, low, high);
      code.ssa().enterSealed(low);
      search(selector, arms.subList(0, middle), miss);
      code.ssa().enterSealed(high);
      search(selector, arms.subList(middle, arms.size()), miss);
      return;
    }
    for (Arm arm : arms) {
      Draft next = code.ssa().newBlock();
      Value label = code.number(selector.type(), arm.label());
      code.ssa().branch(CompareOp.EQ, selector, label, arm.block(), next);
      code.ssa().enterSealed(next);
    }
    code.ssa().jump(miss);
  }
}
