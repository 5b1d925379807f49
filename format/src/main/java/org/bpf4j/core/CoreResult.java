package org.bpf4j.core;

/// What the running kernel's types say about a relocation.
sealed interface CoreResult {

  /// It is known.
  ///
  /// @param value the constant
  /// @param local the size of what the program's type accesses
  /// @param target the size of what the kernel's type accesses
  /// @param resizable whether the access may change its size: pointers, and unsigned integers
  record Found(long value, long local, long target, boolean resizable) implements CoreResult {

    /// A constant that is no place of an access.
    static Found constant(long value) {
      return new Found(value, 0, 0, true);
    }
  }

  /// This kernel has no such thing.
  ///
  /// @param reason what is missing
  record Missing(String reason) implements CoreResult {}
}
