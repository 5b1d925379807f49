package org.bpf4j.processor.read;

import java.io.Serial;
import java.util.Optional;
import org.bpf4j.compiler.diagnostic.Diagnostic;

/// Gives up on a statement: it holds Java that BPF code cannot have.
///
/// Control flow inside this package only; [StatementReader] catches it and goes on behind the
/// statement. Without a diagnostic javac has already reported the error.
final class Rejected extends RuntimeException {
  @Serial private static final long serialVersionUID = 1L;

  private final transient Optional<Diagnostic> diagnostic;

  Rejected(Diagnostic diagnostic) {
    super(diagnostic.message(), null, false, false);
    this.diagnostic = Optional.of(diagnostic);
  }

  private Rejected() {
    super("reported by javac", null, false, false);
    this.diagnostic = Optional.empty();
  }

  /// For trees that javac could not type.
  static Rejected quietly() {
    return new Rejected();
  }

  Optional<Diagnostic> diagnostic() {
    return diagnostic;
  }
}
