package org.bpf4j.compiler.translate;

import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.bpf4j.compiler.ast.Expr;
import org.bpf4j.compiler.ast.Program;
import org.bpf4j.compiler.ast.Rewrite;
import org.bpf4j.compiler.ast.Stmt;
import org.bpf4j.compiler.ast.Type;
import org.bpf4j.compiler.ast.Type.Primitive;
import org.bpf4j.compiler.ast.Unit;
import org.bpf4j.compiler.ast.Walk;
import org.bpf4j.compiler.diagnostic.Span;
import org.bpf4j.object.Helper;

/// What is left of a program without a statement that was refused, so that the next one can be
/// found.
///
/// It is only for that: it means something else and never becomes code. Statements in the refused
/// one stay, under a condition that nobody knows. Locals that it declares have no value, and what
/// reads one is left out as well, since what is wrong with it may only follow.
final class Remains {
  private final Stmt refused;
  private final Set<Integer> unset = new HashSet<>();
  private final Set<Integer> unknown = new HashSet<>();
  private boolean changed;

  private Remains(Stmt refused) {
    this.refused = refused;
  }

  /// The program without the statement, wherever it stands.
  static Program without(Program program, Stmt refused) {
    return program.with(
        program.unit(), program.functions().stream().map(f -> new Remains(refused).of(f)).toList());
  }

  private Unit.Function of(Unit.Function function) {
    Unit.Function rest = function;
    do {
      changed = false;
      rest = Rewrite.statements(rest, this::of);
    } while (changed);
    return rest.equals(function) ? function : ended(rest);
  }

  /// With an end, since what gave the result may be gone.
  private static Unit.Function ended(Unit.Function function) {
    if (function.result() == Type.Special.VOID) {
      return function;
    }
    Stmt.Block body = function.body();
    return new Unit.Function(
        function.ref(),
        function.role(),
        function.result(),
        function.parameters(),
        new Stmt.Block(List.of(body, new Stmt.Throw(body.span())), body.span()),
        function.span());
  }

  private Stmt of(Stmt stmt) {
    if (stmt instanceof Stmt.Declare declare && declare.value().isEmpty()) {
      unset.add(declare.local().id());
    }
    if (!stmt.equals(refused) && Walk.parts(stmt).noneMatch(this::readsUnknown)) {
      return stmt;
    }
    changed = true;
    forget(stmt);
    return rest(stmt);
  }

  private boolean readsUnknown(Expr part) {
    boolean[] found = {false};
    Walk.expressions(
        part,
        expr ->
            found[0] |=
                expr instanceof Expr.LocalPlace place && unknown.contains(place.local().id()));
    return found[0];
  }

  /// Notes the locals that may have no value without the statement.
  private void forget(Stmt stmt) {
    if (stmt instanceof Stmt.Declare declare) {
      unknown.add(declare.local().id());
    }
    if (stmt instanceof Stmt.Each each) {
      unknown.add(each.item().id());
    }
    Walk.parts(stmt).forEach(part -> Walk.expressions(part, this::forget));
  }

  private void forget(Expr expr) {
    if (expr instanceof Expr.Bind bind) {
      unknown.add(bind.local().id());
    }
    Walk.writtenLocal(expr).map(Unit.Local::id).filter(unset::contains).ifPresent(unknown::add);
  }

  /// What stands for a statement that is refused itself or by what it evaluates.
  private static Stmt rest(Stmt stmt) {
    Span span = stmt.span();
    return switch (stmt) {
      case Stmt.Return _, Stmt.Yield _ -> new Stmt.Throw(span);
      case Stmt.If s -> new Stmt.If(condition(span), s.then(), s.otherwise(), span);
      case Stmt.While s -> new Stmt.While(condition(span), s.body(), span);
      case Stmt.DoWhile s -> new Stmt.DoWhile(s.body(), condition(span), span);
      case Stmt.For s ->
          new Stmt.For(s.init(), Optional.of(condition(span)), List.of(), s.body(), span);
      case Stmt.Each s -> new Stmt.While(condition(span), s.body(), span);
      case Stmt.Switch s -> new Stmt.Switch(number(span), numbered(s.cases()), false, span);
      case Stmt.Labeled _,
          Stmt.Budgeted _,
          Stmt.Guarded _,
          Stmt.Block _,
          Stmt.Declare _,
          Stmt.Evaluate _,
          Stmt.Locked _,
          Stmt.Break _,
          Stmt.Continue _,
          Stmt.Throw _ ->
          new Stmt.Block(List.of(), span);
    };
  }

  private static List<Stmt.Case> numbered(List<Stmt.Case> cases) {
    return IntStream.range(0, cases.size())
        .mapToObj(i -> new Stmt.Case(List.of((long) i), List.of(), false, cases.get(i).body()))
        .toList();
  }

  /// A number that nobody knows.
  private static Expr number(Span span) {
    return new Expr.KernelCall(Helper.GET_PRANDOM_U32, List.of(), Primitive.INT, span);
  }

  private static Expr condition(Span span) {
    return new Expr.Binary(
        Expr.BinaryOp.NE,
        number(span),
        new Expr.Literal(Primitive.INT, 0, span),
        Primitive.BOOLEAN,
        span);
  }
}
