package org.bpf4j.lang;

/// A lock in a map's value: while a program holds it, no other CPU changes what it guards.
///
/// It is a member of the value's struct, at most one, in a [BpfHashMap] or [BpfArray]; not for
/// tracing programs and socket filters. What is done under it is short and straight: no loops, no
/// calls but of pure functions. It is released on every path, also if the program aborts.
///
/// ```java
/// try (var _ = bucket.lock.lock()) {
///   bucket.tokens--;
/// }
/// ```
public final class BpfSpinLock {

  /// Creates it, as the initialiser of a final member.
  public BpfSpinLock() {}

  /// Takes the lock; only in the head of a `try`.
  ///
  /// @throws IllegalStateException if no program runs as Java on this thread
  public Held lock() {
    return Host.current().objects().hold(this);
  }

  /// The lock, taken.
  @FunctionalInterface
  public interface Held extends AutoCloseable {
    @Override
    void close();
  }
}
