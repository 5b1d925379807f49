package org.bpf4j.compiler.ast;

import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.bpf4j.compiler.ast.Type.Primitive;
import org.bpf4j.compiler.ast.Type.Special;
import org.bpf4j.compiler.diagnostic.CompilerBug;

/// What holds of every function that `read` makes or a sidecar holds.
///
/// - Operands have the operation's type: what Java converts silently is a [Expr.Convert].
/// - Conditions are `boolean`, indices `int`, shift counts `int` or `long`.
/// - A local is declared before it is used, with one type.
/// - `break`, `continue` and `yield` have a target, `return` the function's type.
///
/// Later stages rely on it without looking; a sidecar from elsewhere is checked before it is used.
public final class Checker {
  private final Unit.Function function;
  private final Set<Unit.Local> locals = new HashSet<>();
  private Type result;

  private Checker(Unit.Function function) {
    this.function = function;
    this.result = function.result();
    locals.addAll(function.parameters());
  }

  /// Checks every function of a unit.
  ///
  /// @throws CompilerBug naming the function and the place that breaks a rule
  public static void check(Unit unit) {
    unit.functions().forEach(Checker::check);
  }

  /// Checks a function.
  ///
  /// @throws CompilerBug naming the function and the place that breaks a rule
  public static void check(Unit.Function function) {
    Checker checker = new Checker(function);
    checker.statement(function.body(), new Around(Set.of(), false, false, Optional.empty()));
  }

  /// What surrounds a statement.
  ///
  /// @param labels the labels around it
  /// @param breakable whether `break` has a target
  /// @param loop whether `continue` has a target
  /// @param yields the type of the switch expression around it
  private record Around(
      Set<String> labels, boolean breakable, boolean loop, Optional<Type> yields) {
    Around inLoop() {
      return new Around(labels, true, true, yields);
    }

    Around inSwitch() {
      return new Around(labels, true, loop, yields);
    }

    Around labeled(String label) {
      Set<String> more = new HashSet<>(labels);
      more.add(label);
      return new Around(more, breakable, loop, yields);
    }
  }

  private void require(boolean holds, String rule, Object where) {
    if (!holds) {
      throw new CompilerBug(rule + " in " + function.ref() + ": " + where);
    }
  }

  /// One arm per statement.
  private void statement(Stmt stmt, Around around) {
    switch (stmt) {
      case Stmt.Block s -> s.statements().forEach(each -> statement(each, around));
      case Stmt.Declare s -> {
        s.value().ifPresent(value -> expression(value, s.local().type()));
        locals.add(s.local());
      }
      case Stmt.Evaluate s -> expression(s.expression());
      case Stmt.If s -> {
        expression(s.condition(), Primitive.BOOLEAN);
        statement(s.then(), around);
        s.otherwise().ifPresent(each -> statement(each, around));
      }
      case Stmt.While s -> {
        expression(s.condition(), Primitive.BOOLEAN);
        statement(s.body(), around.inLoop());
      }
      case Stmt.DoWhile s -> {
        statement(s.body(), around.inLoop());
        expression(s.condition(), Primitive.BOOLEAN);
      }
      case Stmt.For s -> {
        s.init().forEach(each -> statement(each, around));
        s.condition().ifPresent(each -> expression(each, Primitive.BOOLEAN));
        s.update().forEach(this::expression);
        statement(s.body(), around.inLoop());
      }
      case Stmt.Each s -> {
        expression(s.begin());
        locals.add(s.item());
        statement(s.body(), around.inLoop());
      }
      case Stmt.Budgeted s -> {
        require(s.rounds() > 0, "a budget has rounds", s.span());
        statement(s.body(), around);
      }
      case Stmt.Labeled s -> statement(s.body(), around.labeled(s.label()));
      case Stmt.Break s -> jump(s.label(), around.breakable(), around, s);
      case Stmt.Continue s -> jump(s.label(), around.loop(), around, s);
      case Stmt.Throw _ -> {}
      case Stmt.Return s -> {
        require(
            s.value().isPresent() == (result != Special.VOID),
            "return with the function's result",
            s.span());
        s.value().ifPresent(value -> expression(value, result));
      }
      case Stmt.Switch s -> {
        Walk.parts(s).forEach(this::expression);
        cases(s.cases(), s.selector(), around.inSwitch());
      }
      case Stmt.Locked s -> {
        require(Type.lock(s.lock().type()).isPresent(), "a lock is a lock", s.span());
        expression(s.lock());
        statement(s.body(), around);
      }
      case Stmt.Guarded s -> statement(s.body(), around);
      case Stmt.Yield s -> {
        require(around.yields().isPresent(), "yield in a switch expression", s.span());
        around.yields().ifPresent(type -> expression(s.value(), type));
      }
    }
  }

  private void jump(Optional<String> label, boolean anonymous, Around around, Stmt stmt) {
    require(label.map(around.labels()::contains).orElse(anonymous), "a jump has a target", stmt);
  }

  private void cases(List<Stmt.Case> cases, Expr selector, Around around) {
    boolean text = selector.type() == Special.TEXT;
    for (Stmt.Case each : cases) {
      require(
          text ? each.labels().isEmpty() : each.texts().isEmpty(),
          "labels are of the selector's type",
          selector.span());
      each.test().ifPresent(test -> same(test, Primitive.BOOLEAN));
      each.body().forEach(stmt -> statement(stmt, around));
    }
  }

  private void expression(Expr expr, Type expected) {
    expression(expr);
    require(
        expr.type().equals(expected) || (expr.type() == Special.NULL && isReference(expected)),
        "type " + expected + " instead of " + expr.type(),
        expr.span());
  }

  private static boolean isReference(Type type) {
    return !(type instanceof Primitive) && type != Special.VOID;
  }

  /// One arm per expression with a rule.
  private void expression(Expr expr) {
    Walk.operands(expr).forEach(this::expression);
    switch (expr) {
      case Expr.LocalPlace e ->
          require(locals.contains(e.local()), "a local is declared before", e);
      case Expr.FieldPlace e -> isStruct(e.object(), e.struct());
      case Expr.ElementPlace e -> {
        same(e.index(), Primitive.INT);
        require(e.array().type().equals(new Type.ArrayType(e.type())), "element of an array", e);
      }
      case Expr.Unary e -> {
        same(e.operand(), e.type());
        require(
            e.op() == Expr.UnaryOp.NOT ? e.type() == Primitive.BOOLEAN : isWide(e.type()),
            "operand of " + e.op(),
            e);
      }
      case Expr.Binary e -> binary(e);
      case Expr.Logical e -> {
        same(e.left(), Primitive.BOOLEAN);
        same(e.right(), Primitive.BOOLEAN);
      }
      case Expr.Conditional e -> {
        same(e.condition(), Primitive.BOOLEAN);
        orNull(e.then(), e.type());
        orNull(e.otherwise(), e.type());
      }
      case Expr.Assign e -> {
        orNull(e.value(), e.target().type());
        require(e.type().equals(e.target().type()), "type of an assignment", e);
      }
      case Expr.CompoundAssign e -> {
        require(e.type().equals(e.target().type()), "type of an assignment", e);
        require(
            e.op().isShift()
                ? isWide(e.value().type())
                : e.value().type().equals(e.operationType()),
            "operand of " + e.op(),
            e);
      }
      case Expr.Increment e -> require(e.type().equals(e.target().type()), "type of ++", e);
      case Expr.ArrayLength e ->
          require(e.array().type() instanceof Type.ArrayType, "length of an array", e);
      case Expr.Component e ->
          require(e.object().type().equals(new Type.RecordType(e.record())), "a component", e);
      case Expr.ViewRead e -> {
        require(e.object().type() instanceof Type.ViewType, "field of a view", e);
        e.index().ifPresent(i -> require(i.type() == Type.Primitive.INT, "index of an element", e));
      }
      case Expr.ViewWrite e ->
          require(e.object().type() instanceof Type.ViewType, "field of a view", e);
      case Expr.IsNull e -> require(isReference(e.object().type()), "a test for null", e);
      case Expr.Bind e -> {
        orNull(e.value(), e.local().type());
        locals.add(e.local());
      }
      case Expr.SwitchExpr e ->
          cases(e.cases(), e.selector(), new Around(Set.of(), false, false, Optional.of(e.type())));
      case Expr.Lambda e -> lambda(e);
      case Expr.Literal _,
          Expr.Null _,
          Expr.Text _,
          Expr.ClassLiteral _,
          Expr.MapRef _,
          Expr.ComponentRef _,
          Expr.GlobalPlace _,
          Expr.Convert _,
          Expr.Call _,
          Expr.LibraryCall _,
          Expr.KernelCall _,
          Expr.NewStruct _,
          Expr.NewRecord _,
          Expr.NewArray _ -> {}
    }
  }

  private void lambda(Expr.Lambda expr) {
    Type around = result;
    result = expr.result();
    locals.addAll(expr.parameters());
    statement(expr.body(), new Around(Set.of(), false, false, Optional.empty()));
    result = around;
  }

  private void binary(Expr.Binary expr) {
    Type left = expr.left().type();
    Type right = expr.right().type();
    if (expr.op().isShift()) {
      require(left.equals(expr.type()) && isWide(left) && isWide(right), "a shift", expr);
    } else if (expr.op().isComparison()) {
      require(left.equals(right) && expr.type() == Primitive.BOOLEAN, "a comparison", expr);
    } else {
      boolean logical = expr.type() == Primitive.BOOLEAN;
      require(
          left.equals(right) && left.equals(expr.type()) && (logical || isWide(left)),
          "operands of " + expr.op(),
          expr);
    }
  }

  private void isStruct(Expr object, String struct) {
    require(
        object.type().equals(new Type.StructType(struct)), "a field of " + struct, object.span());
  }

  private void same(Expr expr, Type type) {
    require(expr.type().equals(type), "type " + type + " instead of " + expr.type(), expr.span());
  }

  private void orNull(Expr expr, Type type) {
    require(
        expr.type().equals(type) || (expr.type() == Special.NULL && isReference(type)),
        "type " + type + " instead of " + expr.type(),
        expr.span());
  }

  private static boolean isWide(Type type) {
    return type == Primitive.INT || type == Primitive.LONG;
  }
}
