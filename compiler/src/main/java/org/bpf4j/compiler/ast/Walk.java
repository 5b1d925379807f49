package org.bpf4j.compiler.ast;

import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;

/// Goes through statements and expressions in order of the text.
public final class Walk {
  private Walk() {}

  /// Visits every expression in a statement, outer ones first.
  public static void expressions(Stmt root, Consumer<Expr> visit) {
    statements(root, stmt -> parts(stmt).forEach(expr -> expressions(expr, visit)));
  }

  /// Visits an expression and those in it, statements of switch expressions and lambdas included.
  public static void expressions(Expr root, Consumer<Expr> visit) {
    visit.accept(root);
    operands(root).forEach(operand -> expressions(operand, visit));
    if (root instanceof Expr.SwitchExpr choice) {
      bodies(choice.cases()).forEach(stmt -> expressions(stmt, visit));
    }
    if (root instanceof Expr.Lambda lambda) {
      expressions(lambda.body(), visit);
    }
  }

  /// Visits a statement and those in it, outer ones first; not those in switch expressions.
  public static void statements(Stmt root, Consumer<Stmt> visit) {
    visit.accept(root);
    children(root).forEach(child -> statements(child, visit));
  }

  /// Visits a statement and all in it, those of lambdas and of switch expressions too.
  public static void allStatements(Stmt root, Consumer<Stmt> visit) {
    statements(root, visit);
    expressions(
        root,
        expr -> {
          switch (expr) {
            case Expr.Lambda lambda -> statements(lambda.body(), visit);
            case Expr.SwitchExpr choice ->
                bodies(choice.cases()).forEach(s -> statements(s, visit));
            default -> {}
          }
        });
  }

  /// The expressions that a statement has itself.
  public static Stream<Expr> parts(Stmt stmt) {
    return switch (stmt) {
      case Stmt.Declare s -> s.value().stream();
      case Stmt.Evaluate s -> Stream.of(s.expression());
      case Stmt.If s -> Stream.of(s.condition());
      case Stmt.While s -> Stream.of(s.condition());
      case Stmt.DoWhile s -> Stream.of(s.condition());
      case Stmt.For s -> Stream.concat(s.condition().stream(), s.update().stream());
      case Stmt.Each s -> Stream.of(s.begin());
      case Stmt.Return s -> s.value().stream();
      case Stmt.Switch s -> Stream.concat(Stream.of(s.selector()), tests(s.cases()));
      case Stmt.Yield s -> Stream.of(s.value());
      case Stmt.Locked s -> Stream.of(s.lock());
      case Stmt.Block _,
          Stmt.Labeled _,
          Stmt.Guarded _,
          Stmt.Budgeted _,
          Stmt.Break _,
          Stmt.Continue _,
          Stmt.Throw _ ->
          Stream.of();
    };
  }

  /// The statements that a statement has itself.
  public static Stream<Stmt> children(Stmt stmt) {
    return switch (stmt) {
      case Stmt.Block s -> s.statements().stream();
      case Stmt.If s -> Stream.concat(Stream.of(s.then()), s.otherwise().stream());
      case Stmt.While s -> Stream.of(s.body());
      case Stmt.DoWhile s -> Stream.of(s.body());
      case Stmt.For s -> Stream.concat(s.init().stream(), Stream.of(s.body()));
      case Stmt.Each s -> Stream.of(s.body());
      case Stmt.Labeled s -> Stream.of(s.body());
      case Stmt.Budgeted s -> Stream.of(s.body());
      case Stmt.Locked s -> Stream.of(s.body());
      case Stmt.Guarded s -> Stream.of(s.body());
      case Stmt.Switch s -> bodies(s.cases());
      case Stmt.Declare _,
          Stmt.Evaluate _,
          Stmt.Break _,
          Stmt.Continue _,
          Stmt.Return _,
          Stmt.Throw _,
          Stmt.Yield _ ->
          Stream.of();
    };
  }

  private static Stream<Expr> tests(List<Stmt.Case> cases) {
    return cases.stream().flatMap(c -> c.test().stream());
  }

  private static Stream<Stmt> bodies(List<Stmt.Case> cases) {
    return cases.stream().flatMap(c -> c.body().stream());
  }

  /// The operands of an expression, in order of evaluation. One arm per expression.
  public static Stream<Expr> operands(Expr expr) {
    return switch (expr) {
      case Expr.Literal _,
          Expr.Null _,
          Expr.Text _,
          Expr.ClassLiteral _,
          Expr.MapRef _,
          Expr.ComponentRef _,
          Expr.LocalPlace _,
          Expr.GlobalPlace _,
          Expr.Lambda _ ->
          Stream.of();
      case Expr.FieldPlace e -> Stream.of(e.object());
      case Expr.ElementPlace e -> Stream.of(e.array(), e.index());
      case Expr.Unary e -> Stream.of(e.operand());
      case Expr.Binary e -> Stream.of(e.left(), e.right());
      case Expr.Logical e -> Stream.of(e.left(), e.right());
      case Expr.Conditional e -> Stream.of(e.condition(), e.then(), e.otherwise());
      case Expr.Convert e -> Stream.of(e.operand());
      case Expr.Assign e -> Stream.of(e.target(), e.value());
      case Expr.CompoundAssign e -> Stream.of(e.target(), e.value());
      case Expr.Increment e -> Stream.of(e.target());
      case Expr.Call e -> e.arguments().stream();
      case Expr.LibraryCall e -> Stream.concat(e.receiver().stream(), e.arguments().stream());
      case Expr.KernelCall e -> e.arguments().stream();
      case Expr.NewStruct e -> e.values().stream().map(Expr.FieldValue::value);
      case Expr.NewRecord e -> e.components().stream();
      case Expr.NewArray e -> e.elements().stream();
      case Expr.ArrayLength e -> Stream.of(e.array());
      case Expr.Component e -> Stream.of(e.object());
      case Expr.ViewRead e -> Stream.concat(Stream.of(e.object()), e.index().stream());
      case Expr.ViewWrite e -> Stream.of(e.object(), e.value());
      case Expr.IsNull e -> Stream.of(e.object());
      case Expr.Bind e -> Stream.of(e.value());
      case Expr.SwitchExpr e -> Stream.concat(Stream.of(e.selector()), tests(e.cases()));
    };
  }

  /// The locals around a lambda that its body reads, in order of the text.
  public static Set<Unit.Local> captures(Expr.Lambda lambda) {
    Set<Unit.Local> own = new HashSet<>(lambda.parameters());
    Set<Unit.Local> read = new LinkedHashSet<>();
    locals(lambda.body(), own, read);
    read.removeAll(own);
    return read;
  }

  private static void locals(Stmt root, Set<Unit.Local> declared, Set<Unit.Local> read) {
    statements(
        root,
        stmt -> {
          if (stmt instanceof Stmt.Declare declare) {
            declared.add(declare.local());
          }
          if (stmt instanceof Stmt.Each each) {
            declared.add(each.item());
          }
          parts(stmt).forEach(expr -> locals(expr, declared, read));
        });
  }

  private static void locals(Expr root, Set<Unit.Local> declared, Set<Unit.Local> read) {
    if (root instanceof Expr.LocalPlace place) {
      read.add(place.local());
    }
    if (root instanceof Expr.Bind bind) {
      declared.add(bind.local());
    }
    operands(root).forEach(operand -> locals(operand, declared, read));
    if (root instanceof Expr.SwitchExpr choice) {
      bodies(choice.cases()).forEach(stmt -> locals(stmt, declared, read));
    }
    if (root instanceof Expr.Lambda lambda) {
      declared.addAll(lambda.parameters());
      locals(lambda.body(), declared, read);
    }
  }

  /// The local that an expression writes, if it writes one.
  public static Optional<Unit.Local> writtenLocal(Expr expr) {
    Optional<Expr.Place> target =
        switch (expr) {
          case Expr.Assign e -> Optional.of(e.target());
          case Expr.CompoundAssign e -> Optional.of(e.target());
          case Expr.Increment e -> Optional.of(e.target());
          default -> Optional.empty();
        };
    return target.flatMap(
        place ->
            place instanceof Expr.LocalPlace local ? Optional.of(local.local()) : Optional.empty());
  }
}
