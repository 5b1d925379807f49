package org.bpf4j.btf;

import java.util.Arrays;

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

  /// Bytes of an element, by kind; tables, since a kernel has 126,000 types to step over.
  private static final byte[] ELEMENT = new byte[32];

  /// Bytes that follow whatever the elements, by kind; −1 for kinds that nobody has defined.
  private static final byte[] FIXED = new byte[32];

  static {
    Arrays.fill(FIXED, (byte) -1);
    Arrays.fill(FIXED, INT, ENUM64 + 1, (byte) 0);
    for (int kind : new int[] {INT, VAR, DECL_TAG}) {
      FIXED[kind] = 4;
    }
    FIXED[ARRAY] = 12;
    for (int kind : new int[] {STRUCT, UNION, DATASEC, ENUM64}) {
      ELEMENT[kind] = 12;
    }
    for (int kind : new int[] {ENUM, FUNC_PROTO}) {
      ELEMENT[kind] = 8;
    }
  }

  private BtfFormat() {}

  /// Bytes that follow `struct btf_type` for a kind (0 to 31) with `vlen` elements, or −1 for a
  /// kind that nobody has defined.
  static int tailBytes(int kind, int vlen) {
    return FIXED[kind] + ELEMENT[kind] * vlen;
  }
}
