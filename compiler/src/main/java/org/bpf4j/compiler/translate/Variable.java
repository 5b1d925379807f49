package org.bpf4j.compiler.translate;

import org.bpf4j.compiler.ssa.Type;

/// A mutable scalar of the function being built, which [SsaBuilder] turns into values.
///
/// Compared by identity. What is read before any write is `initial`; Java's definite assignment
/// makes that unobservable for locals, and the loop budget relies on it.
final class Variable {
  private final Type type;
  private final long initial;

  Variable(Type type, long initial) {
    this.type = type;
    this.initial = initial;
  }

  Variable(Type type) {
    this(type, 0);
  }

  Type type() {
    return type;
  }

  long initial() {
    return initial;
  }
}
