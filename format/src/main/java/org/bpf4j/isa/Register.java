package org.bpf4j.isa;

/// One of the eleven registers that a BPF program names (RFC 9669 §2.2).
///
/// `R0` holds results, `R1`–`R5` arguments (dead after a call), `R6`–`R9` survive calls, and `R10`
/// is the read-only frame pointer.
public enum Register {
  R0,
  R1,
  R2,
  R3,
  R4,
  R5,
  R6,
  R7,
  R8,
  R9,
  R10;

  private static final Register[] ALL = values();

  /// The register's number as it stands in an instruction: 0 to 10.
  public int number() {
    return ordinal();
  }

  /// Finds a register by its number.
  ///
  /// @throws IllegalArgumentException if there is no such register
  public static Register of(int number) {
    if (number < 0 || number >= ALL.length) {
      throw new IllegalArgumentException("no register r" + number);
    }
    return ALL[number];
  }

  /// The assembler's name: `r0` to `r10`.
  @Override
  public String toString() {
    return "r" + ordinal();
  }
}
