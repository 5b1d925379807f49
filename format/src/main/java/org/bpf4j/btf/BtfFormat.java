package org.bpf4j.btf;

/// The numbers of the BTF encoding (`include/uapi/linux/btf.h`).
final class BtfFormat {

  /// `BTF_MAGIC`.
  static final int MAGIC = 0xeb9f;

  /// `BTF_VERSION`.
  static final int VERSION = 1;

  /// Bytes of `struct btf_header`.
  static final int HEADER_BYTES = 24;

  /// Bytes of `struct btf_type`, which starts each type.
  static final int TYPE_BYTES = 12;

  static final int INT = 1;
  static final int PTR = 2;
  static final int ARRAY = 3;
  static final int STRUCT = 4;
  static final int UNION = 5;
  static final int ENUM = 6;
  static final int FWD = 7;
  static final int TYPEDEF = 8;
  static final int VOLATILE = 9;
  static final int CONST = 10;
  static final int RESTRICT = 11;
  static final int FUNC = 12;
  static final int FUNC_PROTO = 13;
  static final int VAR = 14;
  static final int DATASEC = 15;
  static final int FLOAT = 16;
  static final int DECL_TAG = 17;
  static final int TYPE_TAG = 18;
  static final int ENUM64 = 19;

  private BtfFormat() {}

  /// Bytes that follow `struct btf_type` for a kind with `vlen` elements, or −1 for a kind that
  /// nobody has defined.
  static int tailBytes(int kind, int vlen) {
    return switch (kind) {
      case INT, VAR, DECL_TAG -> 4;
      case PTR, FWD, TYPEDEF, VOLATILE, CONST, RESTRICT, FUNC, FLOAT, TYPE_TAG -> 0;
      case ARRAY -> 12;
      case STRUCT, UNION, DATASEC, ENUM64 -> 12 * vlen;
      case ENUM, FUNC_PROTO -> 8 * vlen;
      default -> -1;
    };
  }
}
