package org.bpf4j.compiler.ast;

/// How a number lies in memory, where an annotation says so.
///
/// `U`, `S`: host order, zero- or sign-extended when read. `BE`: network order, zero-extended. The
/// Java type is what one computes with; the storage decides bytes and order.
public enum Storage {
  U8(1, false, false),
  S8(1, true, false),
  U16(2, false, false),
  S16(2, true, false),
  U32(4, false, false),
  S32(4, true, false),
  U64(8, false, false),
  BE16(2, false, true),
  BE24(3, false, true),
  BE32(4, false, true),
  BE48(6, false, true),
  BE64(8, false, true);

  private final int bytes;
  private final boolean signed;
  private final boolean bigEndian;

  Storage(int bytes, boolean signed, boolean bigEndian) {
    this.bytes = bytes;
    this.signed = signed;
    this.bigEndian = bigEndian;
  }

  /// The bytes it takes.
  public int bytes() {
    return bytes;
  }

  /// Whether a read extends the sign.
  public boolean signed() {
    return signed;
  }

  /// Whether it lies in network order.
  public boolean bigEndian() {
    return bigEndian;
  }

  /// The storage of a primitive without annotation.
  public static Storage of(Type.Primitive primitive) {
    return switch (primitive) {
      case BOOLEAN -> U8;
      case BYTE -> S8;
      case SHORT -> S16;
      case CHAR -> U16;
      case INT -> S32;
      case LONG -> U64;
    };
  }
}
