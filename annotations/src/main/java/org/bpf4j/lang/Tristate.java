package org.bpf4j.lang;

/// Whether the kernel was built with something.
public enum Tristate {
  /// It was not.
  NO,
  /// It is part of the kernel.
  YES,
  /// It is a module, which may not be loaded.
  MODULE
}
