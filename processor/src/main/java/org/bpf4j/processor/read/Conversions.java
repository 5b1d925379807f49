package org.bpf4j.processor.read;

import org.bpf4j.compiler.ast.Expr;
import org.bpf4j.compiler.ast.Type;
import org.bpf4j.compiler.ast.Type.Primitive;
import org.bpf4j.compiler.ast.Type.Special;
import org.bpf4j.compiler.diagnostic.Span;

/// The conversions that Java makes silently, made visible.
final class Conversions {
  private Conversions() {}

  /// Converts an expression to a type, as assignment, invocation and cast contexts do; javac has
  /// checked that it may be done.
  static Expr to(Type target, Expr value) {
    Type from = value.type();
    if (from.equals(target) || target == Special.VOID) {
      return value;
    }
    return switch (target) {
      case Primitive primitive -> toPrimitive(primitive, value);
      case Type.Boxed(Primitive primitive) ->
          from == Special.NULL
              ? new Expr.Convert(value, target, value.span())
              : new Expr.Convert(toPrimitive(primitive, value), target, value.span());
      case Type.EnumType _,
          Type.StructType _,
          Type.ArenaType _,
          Type.RecordType _,
          Type.ViewType _,
          Type.ArrayType _,
          Type.RowType _,
          Type.AtomicType _,
          Type.MapType _,
          Type.HeldType _,
          Type.ObjectType _,
          Type.CollectionType _,
          Special _ ->
          from == Special.NULL ? new Expr.Convert(value, target, value.span()) : value;
    };
  }

  private static Expr toPrimitive(Primitive target, Expr value) {
    return switch (value.type()) {
      case Type.Boxed(Primitive inner) ->
          toPrimitive(target, new Expr.Convert(value, inner, value.span()));
      case Primitive from when from == target -> value;
      default ->
          value instanceof Expr.Literal(_, long number, Span span)
              ? new Expr.Literal(target, narrow(target, number), span)
              : new Expr.Convert(value, target, value.span());
    };
  }

  /// The number as that type holds it.
  static long narrow(Primitive target, long number) {
    return switch (target) {
      case BOOLEAN -> number & 1;
      case BYTE -> (byte) number;
      case SHORT -> (short) number;
      case CHAR -> (char) number;
      case INT -> (int) number;
      case LONG -> number;
    };
  }
}
