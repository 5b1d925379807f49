package org.bpf4j.lang.host;

import java.lang.reflect.UndeclaredThrowableException;
import org.jspecify.annotations.Nullable;

/// What a reflective call threw, as it would have left a direct call.
final class Unwrapped {

  private Unwrapped() {}

  /// The exception to throw for a cause: itself if unchecked; an error is thrown right here.
  static RuntimeException unchecked(@Nullable Throwable cause) {
    return switch (cause) {
      case RuntimeException e -> e;
      case Error e -> throw e;
      case null, default -> new UndeclaredThrowableException(cause);
    };
  }
}
