package org.bpf4j.vm;

/// The fields of a context struct that are not what its bytes say.
///
/// The kernel rewrites accesses to contexts such as `xdp_md` when it loads a program: a 4-byte load
/// of `data` yields a 64-bit pointer, and most fields cannot be written.
public interface ContextFields {

  /// What a load yields.
  ///
  /// @param offset the position in the struct
  /// @param size the number of bytes loaded
  /// @param stored what the bytes there say, zero-extended
  long load(int offset, int size, long stored);

  /// Whether programs may store there.
  boolean writable(int offset, int size);
}
