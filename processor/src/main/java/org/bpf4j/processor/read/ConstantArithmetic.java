package org.bpf4j.processor.read;

import com.sun.source.tree.Tree;
import java.util.Optional;
import javax.lang.model.type.TypeMirror;

/// What operators and casts give for constants (JLS 15.29).
///
/// Numbers are `Integer`, `Long`, `Float` or `Double`; smaller ones are widened to `Integer`.
/// Programs have no floating point, but `(long) 1e9` is a number like any other.
final class ConstantArithmetic {
  private ConstantArithmetic() {}

  static Optional<Object> unary(Tree.Kind kind, Object operand) {
    return switch (operand) {
      case Integer i when kind == Tree.Kind.BITWISE_COMPLEMENT -> Optional.of(~i);
      case Long l when kind == Tree.Kind.BITWISE_COMPLEMENT -> Optional.of(~l);
      case Boolean b when kind == Tree.Kind.LOGICAL_COMPLEMENT -> Optional.of(!b);
      case Number n when kind == Tree.Kind.UNARY_PLUS -> Optional.of(n);
      case Integer i when kind == Tree.Kind.UNARY_MINUS -> Optional.of(-i);
      case Long l when kind == Tree.Kind.UNARY_MINUS -> Optional.of(-l);
      case Float f when kind == Tree.Kind.UNARY_MINUS -> Optional.of(-f);
      case Double d when kind == Tree.Kind.UNARY_MINUS -> Optional.of(-d);
      default -> Optional.empty();
    };
  }

  /// A cast; those of floating point to something narrower than `int` are of an `int` (JLS 5.1.3).
  static Optional<Object> cast(TypeMirror type, Object value) {
    if (!(value instanceof Number number)) {
      return Optional.of(value);
    }
    return switch (type.getKind()) {
      case BYTE -> Optional.of((int) (byte) number.intValue());
      case SHORT -> Optional.of((int) (short) number.intValue());
      case CHAR -> Optional.of((int) (char) number.intValue());
      case INT -> Optional.of(number.intValue());
      case LONG -> Optional.of(number.longValue());
      case FLOAT -> Optional.of(number.floatValue());
      case DOUBLE -> Optional.of(number.doubleValue());
      default -> Optional.empty();
    };
  }

  /// What a variable of a type holds when a value was assigned to it, or an expression gives that
  /// has parts of several types.
  static Optional<Object> assigned(TypeMirror type, Object value) {
    return type.getKind().isPrimitive() ? cast(type, value) : Optional.of(value);
  }

  static Optional<Object> binary(Tree.Kind kind, Object left, Object right) {
    return switch (left) {
      case Boolean a when right instanceof Boolean b -> booleans(kind, a, b);
      case Number a when right instanceof Number b -> numbers(kind, a, b);
      default -> Optional.empty();
    };
  }

  private static Optional<Object> booleans(Tree.Kind kind, boolean a, boolean b) {
    return switch (kind) {
      case CONDITIONAL_AND, AND -> Optional.of(a && b);
      case CONDITIONAL_OR, OR -> Optional.of(a || b);
      case XOR, NOT_EQUAL_TO -> Optional.of(a ^ b);
      case EQUAL_TO -> Optional.of(a == b);
      default -> Optional.empty();
    };
  }

  private static Optional<Object> numbers(Tree.Kind kind, Number a, Number b) {
    boolean shift =
        kind == Tree.Kind.LEFT_SHIFT
            || kind == Tree.Kind.RIGHT_SHIFT
            || kind == Tree.Kind.UNSIGNED_RIGHT_SHIFT;
    if (a instanceof Double || b instanceof Double) {
      return doubles(kind, a.doubleValue(), b.doubleValue());
    }
    if (a instanceof Float || b instanceof Float) {
      return floats(kind, a.floatValue(), b.floatValue());
    }
    return a instanceof Long || (!shift && b instanceof Long)
        ? longs(kind, a.longValue(), b.longValue())
        : ints(kind, a.intValue(), (int) b.longValue());
  }

  private static Optional<Object> ints(Tree.Kind kind, int a, int b) {
    return switch (kind) {
      case PLUS -> Optional.of(a + b);
      case MINUS -> Optional.of(a - b);
      case MULTIPLY -> Optional.of(a * b);
      case DIVIDE -> b == 0 ? Optional.empty() : Optional.of(a / b);
      case REMAINDER -> b == 0 ? Optional.empty() : Optional.of(a % b);
      case AND -> Optional.of(a & b);
      case OR -> Optional.of(a | b);
      case XOR -> Optional.of(a ^ b);
      case LEFT_SHIFT -> Optional.of(a << b);
      case RIGHT_SHIFT -> Optional.of(a >> b);
      case UNSIGNED_RIGHT_SHIFT -> Optional.of(a >>> b);
      default -> order(kind, a < b, a == b, a > b);
    };
  }

  private static Optional<Object> longs(Tree.Kind kind, long a, long b) {
    return switch (kind) {
      case PLUS -> Optional.of(a + b);
      case MINUS -> Optional.of(a - b);
      case MULTIPLY -> Optional.of(a * b);
      case DIVIDE -> b == 0 ? Optional.empty() : Optional.of(a / b);
      case REMAINDER -> b == 0 ? Optional.empty() : Optional.of(a % b);
      case AND -> Optional.of(a & b);
      case OR -> Optional.of(a | b);
      case XOR -> Optional.of(a ^ b);
      case LEFT_SHIFT -> Optional.of(a << b);
      case RIGHT_SHIFT -> Optional.of(a >> b);
      case UNSIGNED_RIGHT_SHIFT -> Optional.of(a >>> b);
      default -> order(kind, a < b, a == b, a > b);
    };
  }

  /// A `double` has more than twice the digits of a `float`, so that rounding twice does no harm.
  private static Optional<Object> floats(Tree.Kind kind, float a, float b) {
    return doubles(kind, a, b)
        .map(result -> result instanceof Double wide ? (Object) wide.floatValue() : result);
  }

  private static Optional<Object> doubles(Tree.Kind kind, double a, double b) {
    return switch (kind) {
      case PLUS -> Optional.of(a + b);
      case MINUS -> Optional.of(a - b);
      case MULTIPLY -> Optional.of(a * b);
      case DIVIDE -> Optional.of(a / b);
      case REMAINDER -> Optional.of(a % b);
      default -> order(kind, a < b, a == b, a > b);
    };
  }

  /// A comparison; what is not a number is none of the three.
  private static Optional<Object> order(
      Tree.Kind kind, boolean less, boolean equal, boolean greater) {
    return switch (kind) {
      case EQUAL_TO -> Optional.of(equal);
      case NOT_EQUAL_TO -> Optional.of(!equal);
      case LESS_THAN -> Optional.of(less);
      case LESS_THAN_EQUAL -> Optional.of(less || equal);
      case GREATER_THAN -> Optional.of(greater);
      case GREATER_THAN_EQUAL -> Optional.of(greater || equal);
      default -> Optional.empty();
    };
  }
}
