package org.bpf4j.probe;

/// The outcome of a trial.
public enum Support {
  /// The kernel took it.
  YES,
  /// The kernel does not know it, by its age or its configuration.
  NO,
  /// It cannot be told: this process may not try, or the kernel refused for another reason.
  UNKNOWN
}
