package org.bpf4j.isa;

import java.io.Serial;

/// Says that bytes are not what they claim to be: a broken ELF, BTF or instruction stream.
///
/// Every reader of this module throws this, and nothing else, for whatever is wrong with its input;
/// the message says what and where. It is unchecked because most objects are our own.
public final class MalformedObjectException extends IllegalArgumentException {

  @Serial private static final long serialVersionUID = 1;

  /// Creates it with what is wrong and where.
  public MalformedObjectException(String message) {
    super(message);
  }

  /// Creates it with what is wrong, on the word of another exception.
  public MalformedObjectException(String message, Throwable cause) {
    super(message, cause);
  }
}
