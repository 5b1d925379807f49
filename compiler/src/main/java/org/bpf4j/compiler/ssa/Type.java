package org.bpf4j.compiler.ssa;

/// The type of an SSA value: what fits a register.
public enum Type {
  /// 32 bits; the register's upper half is zero. Java's small integers are sign-extended to 32 bits
  /// (`char` zero-extended, `boolean` 0 or 1): their canonical form.
  I32,
  /// 64 bits.
  I64,
  /// An address that the kernel tracks; 0 is null.
  PTR
}
