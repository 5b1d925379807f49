package org.bpf4j.lang;

/// Stretches of a program in which something that could come in between does not, for `try (var _ =
/// Critical.rcu()) { … }`.
///
/// A section is left wherever its block is left, also if the program aborts. In it nothing may
/// sleep, and no tail call is made. Sections may be in one another. They are for programs under a
/// GPL-compatible licence.
///
/// ```java
/// try (var _ = Critical.rcu()) {
///   TaskStruct parent = task.realParent();
///   if (parent != null) { … }
/// }
/// ```
public final class Critical {
  private Critical() {}

  /// Objects of the kernel that may go away at any time stay for as long (6.2): what programs that
  /// do not sleep have anyway.
  public static Section rcu() {
    return Host.current().enter("rcu");
  }

  /// No other task runs on this CPU for as long (6.10).
  public static Section noPreemption() {
    return Host.current().enter("noPreemption");
  }

  /// Nothing else runs on this CPU for as long, no interrupt either (6.14).
  public static Section noInterrupts() {
    return Host.current().enter("noInterrupts");
  }

  /// A section that was begun.
  @FunctionalInterface
  public interface Section extends AutoCloseable {
    @Override
    void close();
  }
}
