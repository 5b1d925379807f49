package org.bpf4j.random;

import java.util.Locale;

/// Java's primitive types that programs may use.
enum Primitive {
  BOOLEAN,
  BYTE,
  SHORT,
  CHAR,
  INT,
  LONG;

  /// The keyword.
  String text() {
    return name().toLowerCase(Locale.ROOT);
  }

  /// Whether it is promoted to `int`, or is one.
  boolean isIntLike() {
    return switch (this) {
      case BYTE, SHORT, CHAR, INT -> true;
      case BOOLEAN, LONG -> false;
    };
  }
}
