package org.bpf4j.probe;

/// Versions of the instruction set, as clang's `-mcpu` counts them; each includes those before.
public enum IsaLevel {
  /// What Linux 3.18 had.
  V1,
  /// With the comparisons "less than" (Linux 4.14).
  V2,
  /// With jumps on 32 bits (Linux 5.1).
  V3,
  /// With sign extension, signed division, unconditional byte swap and far jumps (Linux 6.6).
  V4
}
