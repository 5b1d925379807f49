package org.bpf4j.compiler.translate;

import java.io.Serial;
import org.bpf4j.compiler.diagnostic.Diagnostic;

/// Carries a user's error from the depth of an expression to [Translator], which makes it a value
/// again; it never leaves the package.
final class Refusal extends RuntimeException {
  @Serial private static final long serialVersionUID = 1L;

  private final transient Diagnostic diagnostic;

  Refusal(Diagnostic diagnostic) {
    super(diagnostic.message(), null, false, false);
    this.diagnostic = diagnostic;
  }

  Diagnostic diagnostic() {
    return diagnostic;
  }
}
