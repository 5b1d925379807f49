package org.bpf4j.compiler.diagnostic;

import java.io.Serial;

/// A mistake of the compiler's own: never the user's fault, never to be caught and hidden.
public final class CompilerBug extends RuntimeException {
  @Serial private static final long serialVersionUID = 1L;

  /// Reports what does not hold, with the text of what it does not hold for.
  public CompilerBug(String message) {
    super(message);
  }

  /// Reports what does not hold, and how it was noticed.
  public CompilerBug(String message, Throwable cause) {
    super(message, cause);
  }
}
