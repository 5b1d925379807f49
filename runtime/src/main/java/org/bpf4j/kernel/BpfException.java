package org.bpf4j.kernel;

import java.io.Serial;
import org.bpf4j.event.Events;
import org.jspecify.annotations.Nullable;

/// Says that the world refused: the kernel, its configuration, or what it was given to work with.
///
/// A mistake in a BPF program is a compiler's diagnostic and a defect of bpf4j is another kind of
/// exception, so whoever catches this knows that trying elsewhere, with more permissions or another
/// kernel, may succeed. Unchecked, because most callers can only report it. Real and simulated
/// kernels throw the same types.
public abstract sealed class BpfException extends RuntimeException
    permits SyscallException,
        RejectedException,
        UnsupportedFeatureException,
        NotPermittedException,
        IncompatibleMapException,
        IncompatibleFormatException,
        MapFullException,
        NoSuchTargetException,
        IncompatibleTargetException {

  @Serial private static final long serialVersionUID = 1;

  /// Creates it with what happened.
  BpfException(String message) {
    this(message, null);
  }

  /// Creates it with what happened, on the word of another exception.
  BpfException(String message, @Nullable Throwable cause) {
    super(message, cause);
    Events.failed(getClass().getSimpleName(), message);
  }
}
