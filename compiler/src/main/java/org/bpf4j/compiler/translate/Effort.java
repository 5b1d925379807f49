package org.bpf4j.compiler.translate;

/// What the verifier spends on a function, each time that it follows a call of it.
///
/// @param insns instructions that it processes
/// @param branches branches that it remembers on its way
record Effort(long insns, long branches) {
  /// Of a function that is verified on its own.
  static final Effort NONE = new Effort(0, 0);

  Effort times(long calls) {
    return new Effort(insns * calls, branches * calls);
  }
}
