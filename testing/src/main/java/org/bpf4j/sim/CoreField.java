package org.bpf4j.sim;

import java.util.List;
import java.util.Optional;
import org.bpf4j.btf.BtfType;
import org.bpf4j.btf.BtfType.Member;
import org.bpf4j.btf.BtfTypes;
import org.bpf4j.isa.MalformedObjectException;

/// A place in a value of some type: where it is, and of what type.
///
/// @param types where the types are
/// @param type the place's type
/// @param bitOffset its position from the start of the value, in bits
/// @param bits its width if it is a bit field, or 0
record CoreField(BtfTypes types, int type, long bitOffset, int bits) {

  /// How many unnamed structs and unions are looked into, one in the other.
  private static final int MAX_NESTING = 16;

  /// A whole value of a type.
  static CoreField root(BtfTypes types, int type) {
    return new CoreField(types, type, 0, 0);
  }

  /// The value that many values behind this one.
  CoreField skip(long count) {
    return new CoreField(types, type, bitOffset + count * size() * Byte.SIZE, bits);
  }

  /// The element of an array.
  Optional<CoreField> element(long index) {
    return types
        .find(types.resolve(type))
        .flatMap(
            found ->
                found instanceof BtfType.Array array
                    ? Optional.of(new CoreField(types, array.element(), bitOffset, 0).skip(index))
                    : Optional.empty());
  }

  /// The member of that name, also in unnamed structs and unions.
  Optional<CoreField> member(String name) {
    return member(name, MAX_NESTING);
  }

  private Optional<CoreField> member(String name, int nesting) {
    for (Member member : members()) {
      CoreField field = of(member);
      if (member.name().equals(name)) {
        return Optional.of(field);
      }
      Optional<CoreField> inner =
          member.name().isEmpty() && nesting > 0
              ? field.member(name, nesting - 1)
              : Optional.empty();
      if (inner.isPresent()) {
        return inner;
      }
    }
    return Optional.empty();
  }

  /// The place of a member.
  CoreField of(Member member) {
    return new CoreField(types, member.type(), bitOffset + member.bitOffset(), member.bitSize());
  }

  /// The members of a struct or union, none for other types.
  List<Member> members() {
    BtfType found = types.find(types.resolve(type)).orElse(new BtfType.Forward("", false));
    return found instanceof BtfType.Struct struct
        ? struct.members()
        : found instanceof BtfType.Union union ? union.members() : List.of();
  }

  private long size() {
    return types
        .sizeOf(type)
        .orElseThrow(() -> new MalformedObjectException("BTF type " + type + " has no size"));
  }

  /// The bytes to access: the field's, or for a bit field the least unit that contains it.
  long bytes() {
    long bytes = size();
    while (bits > 0 && bytes < Long.BYTES && bitOffset + bits > end(bytes)) {
      bytes *= 2;
    }
    return bytes;
  }

  private long end(long bytes) {
    return (bitOffset / Byte.SIZE / bytes * bytes + bytes) * Byte.SIZE;
  }

  /// Where the bytes to access begin.
  long offset() {
    long offset = bitOffset / Byte.SIZE;
    return bits == 0 ? offset : offset / bytes() * bytes();
  }

  /// How far to shift the accessed bytes, as a little-endian 64-bit number, to drop what is above.
  long leftShift() {
    return Long.SIZE - (bitOffset - offset() * Byte.SIZE) - width();
  }

  /// How far to shift back to drop what is below.
  long rightShift() {
    return Long.SIZE - width();
  }

  private long width() {
    return bits > 0 ? bits : bytes() * Byte.SIZE;
  }

  /// Whether it is a signed number.
  boolean isSigned() {
    return types
        .find(types.resolve(type))
        .filter(
            found ->
                found instanceof BtfType.Int number
                        && number.encoding() == BtfType.IntEncoding.SIGNED
                    || found instanceof BtfType.Enum small && small.signed()
                    || found instanceof BtfType.Enum64 large && large.signed())
        .isPresent();
  }
}
