package org.bpf4j.compiler.translate;

import org.bpf4j.compiler.ast.Expr;

/// What to call an expression in a message: close to its text, arguments left out.
final class Subjects {
  private Subjects() {}

  /// One arm per expression.
  static String of(Expr expr) {
    return switch (expr) {
      case Expr.LocalPlace e -> e.local().name();
      case Expr.GlobalPlace e -> e.name();
      case Expr.FieldPlace e -> of(e.object()) + "." + e.field();
      case Expr.ElementPlace e -> of(e.array()) + "[…]";
      case Expr.MapRef e -> e.name();
      case Expr.ComponentRef e -> e.name();
      case Expr.Call e -> e.function().name() + "(…)";
      case Expr.LibraryCall e ->
          e.receiver().map(receiver -> of(receiver) + ".").orElse("")
              + e.method().methodName()
              + (e.arguments().isEmpty() ? "()" : "(…)");
      case Expr.KernelCall e ->
          e.function().methodName() + (e.arguments().isEmpty() ? "()" : "(…)");
      case Expr.Component e -> of(e.object()) + "." + e.component() + "()";
      case Expr.ViewRead e -> of(e.object()) + "." + e.accessor() + "()";
      case Expr.Convert e -> of(e.operand());
      case Expr.Assign e -> of(e.target());
      case Expr.Null _ -> "null";
      case Expr.Lambda _ -> "the lambda";
      case Expr.Literal _,
          Expr.Text _,
          Expr.ClassLiteral _,
          Expr.Unary _,
          Expr.Binary _,
          Expr.Logical _,
          Expr.Conditional _,
          Expr.CompoundAssign _,
          Expr.Increment _,
          Expr.NewStruct _,
          Expr.NewRecord _,
          Expr.NewArray _,
          Expr.ArrayLength _,
          Expr.ViewWrite _,
          Expr.IsNull _,
          Expr.Bind _,
          Expr.SwitchExpr _ ->
          "the value";
    };
  }
}
