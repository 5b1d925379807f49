package org.bpf4j.compiler.translate;

import org.bpf4j.compiler.ssa.Type;

/// A mutable scalar of the function being built, which [SsaBuilder] turns into values.
///
/// Compared by identity. What is read before any write is 0, which Java's definite assignment makes
/// unobservable.
final class Variable {
  private final Type type;
  private final boolean number;

  /// @param number whether it is a Java number by itself, no flag or address: nothing else that the
  ///   verifier knows depends on what it knows of this
  Variable(Type type, boolean number) {
    this.type = type;
    this.number = number;
  }

  Variable(Type type) {
    this(type, false);
  }

  Type type() {
    return type;
  }

  boolean isNumber() {
    return number;
  }
}
