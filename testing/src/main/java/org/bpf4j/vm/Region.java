package org.bpf4j.vm;

import org.jspecify.annotations.Nullable;

/// One object in a [Memory]: the bytes from `start` to `end` of an array.
///
/// The offset part of an address is the array index plus [#BIAS], so that a region may be a window
/// that moves within its array, as packet data do in their buffer. User space may hold the same
/// array.
public final class Region {

  /// What programs may do with a region.
  public enum Access {
    READ,
    READ_WRITE
  }

  /// What keeps an index that went below zero in its own region's range of addresses.
  static final int BIAS = 1 << 30;

  final int id;
  final byte[] bytes;
  final int start;
  final int end;
  final Access access;
  final @Nullable ContextFields fields;
  private final String name;

  Region(
      int id,
      String name,
      byte[] bytes,
      int start,
      int end,
      Access access,
      @Nullable ContextFields fields) {
    this.id = id;
    this.name = name;
    this.bytes = bytes;
    this.start = start;
    this.end = end;
    this.access = access;
    this.fields = fields;
  }

  /// The address of the byte at an array index, which may lie outside of the bounds.
  public long address(int index) {
    return ((long) id << 32) + BIAS + index;
  }

  /// The address of the first byte.
  public long address() {
    return address(start);
  }

  /// The array behind the region; not a copy.
  public byte[] bytes() {
    return bytes;
  }

  /// The array index of the first byte.
  public int start() {
    return start;
  }

  /// The array index behind the last byte.
  public int end() {
    return end;
  }

  /// The number of bytes.
  public int size() {
    return end - start;
  }

  /// What programs may do with it; a context's fields may allow less.
  public Access access() {
    return access;
  }

  /// What it is, as messages say: `stack`, `packet`, `value of map blocked`.
  public String name() {
    return name;
  }

  @Override
  public String toString() {
    return name + " (" + size() + " bytes)";
  }
}
