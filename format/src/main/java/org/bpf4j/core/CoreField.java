package org.bpf4j.core;

import org.bpf4j.btf.BtfType;
import org.bpf4j.btf.BtfTypes;

/// A place in a value: where it is, and of what type.
///
/// @param bitOffset its position from the start of the value, in bits
/// @param bits its width if it is a bit field, or 0
/// @param type its type's id
record CoreField(long bitOffset, int bits, int type) {

  /// A whole value of a type, the one at an index of an array of them.
  static CoreField of(BtfTypes types, int type, long index) {
    return new CoreField(index * size(types, type) * Byte.SIZE, 0, type);
  }

  /// A member of it.
  CoreField member(BtfType.Member member) {
    return new CoreField(
        bitOffset + Integer.toUnsignedLong(member.bitOffset()), member.bitSize(), member.type());
  }

  /// An element of it.
  CoreField element(BtfTypes types, BtfType.Array array, long index) {
    return new CoreField(
        bitOffset + index * size(types, array.element()) * Byte.SIZE, 0, array.element());
  }

  private static long size(BtfTypes types, int type) {
    return types.sizeOf(type).orElse(0);
  }

  /// The size of one element of the field, itself if it is no array: what a load accesses.
  long elementBytes(BtfTypes types) {
    int element = type;
    for (int depth = 0; depth < BtfTypes.MAX_DEPTH; depth++) {
      int resolved = types.resolve(element);
      if (resolved == 0 || !(types.type(resolved) instanceof BtfType.Array array)) {
        return size(types, element);
      }
      element = array.element();
    }
    return 0;
  }

  /// Whether a load of at most 8 bytes can contain the field's bits; always, if it is none of bits.
  boolean isWithinWord(BtfTypes types) {
    long bytes = accessBytes(types);
    return bits == 0 || bytes > 0 && !endsBeyond(bytes);
  }

  /// The size of the bytes to access, in bytes: the field's, or for a bit field the least aligned
  /// unit of at most 8 bytes that contains it.
  long accessBytes(BtfTypes types) {
    long bytes = size(types, type);
    while (bits > 0 && bytes < Long.BYTES && bytes > 0 && endsBeyond(bytes)) {
      bytes *= 2;
    }
    return bytes;
  }

  private boolean endsBeyond(long bytes) {
    long start = bitOffset / Byte.SIZE / bytes * bytes;
    return bitOffset + bits > (start + bytes) * Byte.SIZE;
  }

  /// Where the bytes to access begin.
  long accessOffset(BtfTypes types) {
    long bytes = accessBytes(types);
    long offset = bitOffset / Byte.SIZE;
    return bits > 0 && bytes > 0 ? offset / bytes * bytes : offset;
  }

  /// How far to shift the accessed bytes, as a 64-bit number, to the left to drop what is above the
  /// field: little-endian.
  long leftShift(BtfTypes types) {
    return Long.SIZE - (bitOffset + width(types) - accessOffset(types) * Byte.SIZE);
  }

  /// How far to shift back to drop what was below.
  long rightShift(BtfTypes types) {
    return Long.SIZE - width(types);
  }

  private long width(BtfTypes types) {
    return bits > 0 ? bits : size(types, type) * Byte.SIZE;
  }

  /// Whether it is a signed number.
  boolean isSigned(BtfTypes types) {
    int resolved = types.resolve(type);
    return resolved != 0
        && switch (types.type(resolved)) {
          case BtfType.Int(_, _, var encoding, _) -> encoding == BtfType.IntEncoding.SIGNED;
          case BtfType.Enum(_, _, boolean signed, _) -> signed;
          case BtfType.Enum64(_, _, boolean signed, _) -> signed;
          default -> false;
        };
  }

  /// Whether an access may follow the field to another size: pointers, unsigned integers.
  boolean isResizable(BtfTypes types) {
    int resolved = types.resolve(type);
    return resolved != 0
        && switch (types.type(resolved)) {
          case BtfType.Pointer _ -> true;
          case BtfType.Int(_, _, var encoding, _) -> encoding != BtfType.IntEncoding.SIGNED;
          default -> false;
        };
  }
}
