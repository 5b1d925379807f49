package org.bpf4j.lang;

/// Says to a program that runs as Java that it would wait for a lock for ever; it aborts.
public final class DeadlockException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /// Creates it.
  public DeadlockException() {
    super("the lock is held already");
  }
}
