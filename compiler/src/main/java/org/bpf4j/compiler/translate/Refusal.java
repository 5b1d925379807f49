package org.bpf4j.compiler.translate;

import java.io.Serial;
import java.util.Optional;
import org.bpf4j.compiler.ast.Stmt;
import org.bpf4j.compiler.diagnostic.Diagnostic;
import org.jspecify.annotations.Nullable;

/// Carries a user's error from the depth of an expression to [Translator], which makes it a value
/// again; it never leaves the package.
final class Refusal extends RuntimeException {
  @Serial private static final long serialVersionUID = 1L;

  private final transient Diagnostic diagnostic;
  private transient @Nullable Stmt statement;

  private final boolean whole;

  /// Refuses the statement that is being translated.
  Refusal(Diagnostic diagnostic) {
    this(diagnostic, false);
  }

  private Refusal(Diagnostic diagnostic, boolean whole) {
    super(diagnostic.message(), null, false, false);
    this.diagnostic = diagnostic;
    this.whole = whole;
  }

  /// Refuses the program, for what no statement has alone.
  static Refusal ofProgram(Diagnostic diagnostic) {
    return new Refusal(diagnostic, true);
  }

  Diagnostic diagnostic() {
    return diagnostic;
  }

  /// Says which statement it is about; of several around it the innermost, which says so first.
  void in(Stmt around) {
    if (statement == null && !whole) {
      statement = around;
    }
  }

  /// The innermost statement around what is refused; absent if no statement is to blame.
  Optional<Stmt> statement() {
    return Optional.ofNullable(statement);
  }
}
