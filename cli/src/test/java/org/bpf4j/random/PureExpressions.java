package org.bpf4j.random;

import java.util.Random;
import org.bpf4j.random.Scope.Place;

/// Random expressions over parameters alone, for functions of a class without state.
final class PureExpressions {

  private final Random random;
  private final Scope scope;

  PureExpressions(Random random, Scope scope) {
    this.random = random;
    this.scope = scope;
  }

  String of(Primitive type) {
    return switch (type) {
      case BOOLEAN -> "(" + number(3) + " " + pick("<", ">=", "==", "!=") + " " + number(3) + ")";
      case BYTE, SHORT, CHAR, INT -> "(" + type.text() + ") (" + number(3) + ")";
      case LONG -> number(3);
    };
  }

  private String number(int depth) {
    if (depth == 0 || random.nextInt(5) == 0) {
      return leaf();
    }
    return switch (random.nextInt(6)) {
      case 0 -> "(" + leaf() + " " + pick("<<", ">>", ">>>") + " " + number(depth - 1) + ")";
      case 1 ->
          "Math." + pick("min", "max") + "(" + number(depth - 1) + ", " + number(depth - 1) + ")";
      case 2 ->
          "(" + comparison(depth) + " ? " + number(depth - 1) + " : " + number(depth - 1) + ")";
      default ->
          "("
              + number(depth - 1)
              + " "
              + pick("+", "-", "*", "&", "|", "^", "/", "%")
              + " "
              + number(depth - 1)
              + ")";
    };
  }

  private String comparison(int depth) {
    return "(" + leaf() + " < " + number(depth - 1) + ")";
  }

  private String leaf() {
    Place place = scope.places().get(random.nextInt(scope.places().size()));
    return random.nextInt(4) == 0
        ? String.valueOf(random.nextInt(300) - 100)
        : place.type() == Primitive.BOOLEAN ? "(" + place.text() + " ? 1 : 0)" : place.text();
  }

  private String pick(String... of) {
    return of[random.nextInt(of.length)];
  }
}
