package org.bpf4j.compiler.translate;

import org.bpf4j.compiler.ssa.Value;

/// A place in memory: `offset` bytes behind `base`, which is a multiple of `align`.
///
/// The stack must be accessed at natural alignment; elsewhere it only saves instructions.
///
/// @param free whether the memory may be accessed at any alignment
/// @param kept whether each access is made as the program says, neither merged nor left out
record Address(Value base, int offset, int align, boolean free, boolean kept) {

  Address(Value base, int offset, int align, boolean free) {
    this(base, offset, align, free, false);
  }

  Address(Value base, int offset, int align) {
    this(base, offset, align, false);
  }

  /// Memory that every kernel lets programs access at any alignment on the machines that bpf4j
  /// supports (`HAVE_EFFICIENT_UNALIGNED_ACCESS`), such as packets.
  static Address unaligned(Value base, int offset) {
    return new Address(base, offset, Operand.MAX_ALIGN, true);
  }

  Address plus(int bytes) {
    return new Address(base, offset + bytes, align, free, kept);
  }

  /// The same place, with accesses that are kept.
  Address kept(boolean all) {
    return all ? new Address(base, offset, align, free, true) : this;
  }

  /// What the address may be taken to be a multiple of.
  int alignment() {
    return offset == 0 || free ? align : Math.min(align, Integer.lowestOneBit(offset));
  }
}
