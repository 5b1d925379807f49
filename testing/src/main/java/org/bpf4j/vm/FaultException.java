package org.bpf4j.vm;

import java.io.Serial;
import org.bpf4j.vm.Outcome.Kind;

/// Stops a program from within memory or a helper; the machine turns it into an [Outcome.Fault].
///
/// It has no stack trace: what matters is the BPF instruction, which the machine knows.
public final class FaultException extends RuntimeException {

  @Serial private static final long serialVersionUID = 1;

  private final Kind kind;

  /// Creates it with the kind and the numbers.
  public FaultException(Kind kind, String message) {
    super(message, null, false, false);
    this.kind = kind;
  }

  /// What the program did.
  public Kind kind() {
    return kind;
  }

  /// The message, which is never absent.
  String text() {
    return String.valueOf(getMessage());
  }
}
