package org.bpf4j.lang;

/// A lock in a map's value that ends what would wait for ever (Linux 6.15).
///
/// It is what a [BpfSpinLock] is, for programs of all kinds, under a GPL-compatible licence.
/// Several may be held, of different values, which are released in the opposite order. A program
/// that would wait for itself, or for another that waits for it, or too long, aborts.
///
/// ```java
/// try (var _ = from.lock.lock()) {
///   try (var _ = to.lock.lock()) {
///     from.amount--;
///     to.amount++;
///   }
/// }
/// ```
public final class BpfResilientSpinLock {

  /// Creates it, as the initialiser of a final member.
  public BpfResilientSpinLock() {}

  /// Takes the lock; only in the head of a `try`.
  ///
  /// @throws DeadlockException if it is held already
  /// @throws IllegalStateException if no program runs as Java on this thread
  public BpfSpinLock.Held lock() {
    return Host.current().objects().hold(this);
  }
}
