package org.bpf4j.isa;

/// The size of a memory access (RFC 9669 §5).
public enum MemorySize {
  B(1),
  H(2),
  W(4),
  DW(8);

  private final int bytes;

  MemorySize(int bytes) {
    this.bytes = bytes;
  }

  /// The number of bytes: 1, 2, 4 or 8.
  public int bytes() {
    return bytes;
  }

  /// The size with that many bytes.
  ///
  /// @throws IllegalArgumentException if no access has that size
  public static MemorySize ofBytes(int bytes) {
    return switch (bytes) {
      case 1 -> B;
      case 2 -> H;
      case 4 -> W;
      case 8 -> DW;
      default -> throw new IllegalArgumentException("no memory access of " + bytes + " bytes");
    };
  }
}
