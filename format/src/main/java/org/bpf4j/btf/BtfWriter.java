package org.bpf4j.btf;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import org.bpf4j.btf.BtfType.Member;

/// Writes [Btf] as the bytes of a `.BTF` section: little-endian, types first, then strings.
///
/// The same types give the same bytes.
public final class BtfWriter {

  /// `BTF_MAX_VLEN`: the most members, values, parameters or variables of one type.
  public static final int MAX_ELEMENTS = 0xffff;

  private final BtfStrings strings;
  private ByteBuffer out = ByteBuffer.allocate(1024).order(ByteOrder.LITTLE_ENDIAN);

  private BtfWriter(BtfStrings strings) {
    this.strings = strings;
  }

  /// Writes types and their names.
  public static byte[] write(Btf btf) {
    return write(btf, new BtfStrings());
  }

  /// Writes types and a string section that already holds other texts; the types' names are added
  /// to it.
  ///
  /// @throws IllegalArgumentException if a type has more than [#MAX_ELEMENTS] elements, or a bit
  ///   field stands beyond 2^24 bits
  public static byte[] write(Btf btf, BtfStrings strings) {
    BtfWriter writer = new BtfWriter(strings);
    btf.types().forEach(writer::type);
    byte[] texts = strings.bytes();
    int typeBytes = writer.out.position();
    ByteBuffer all =
        ByteBuffer.allocate(BtfFormat.HEADER_BYTES + typeBytes + texts.length)
            .order(ByteOrder.LITTLE_ENDIAN);
    all.putShort((short) BtfFormat.MAGIC).put((byte) BtfFormat.VERSION).put((byte) 0);
    all.putInt(BtfFormat.HEADER_BYTES).putInt(0).putInt(typeBytes);
    all.putInt(typeBytes).putInt(texts.length);
    all.put(writer.out.flip()).put(texts);
    return all.array();
  }

  /// Writes one type; one arm for each kind.
  private void type(BtfType type) {
    switch (type) {
      case BtfType.Int t -> {
        head(t.name(), BtfFormat.INT, 0, false, t.bytes());
        putInt(encoding(t.encoding()) << 24 | t.bits());
      }
      case BtfType.Pointer t -> head("", BtfFormat.PTR, 0, false, t.to());
      case BtfType.Array t -> {
        head("", BtfFormat.ARRAY, 0, false, 0);
        putInt(t.element(), t.index(), t.count());
      }
      case BtfType.Struct t -> composite(t.name(), BtfFormat.STRUCT, t.bytes(), t.members());
      case BtfType.Union t -> composite(t.name(), BtfFormat.UNION, t.bytes(), t.members());
      case BtfType.Enum t -> {
        head(t.name(), BtfFormat.ENUM, t.values().size(), t.signed(), t.bytes());
        t.values().forEach(v -> putInt(strings.add(v.name()), (int) v.value()));
      }
      case BtfType.Enum64 t -> {
        head(t.name(), BtfFormat.ENUM64, t.values().size(), t.signed(), t.bytes());
        t.values()
            .forEach(v -> putInt(strings.add(v.name()), (int) v.value(), (int) (v.value() >>> 32)));
      }
      case BtfType.Forward t -> head(t.name(), BtfFormat.FWD, 0, t.union(), 0);
      case BtfType.Typedef t -> head(t.name(), BtfFormat.TYPEDEF, 0, false, t.to());
      case BtfType.Volatile t -> head("", BtfFormat.VOLATILE, 0, false, t.to());
      case BtfType.Const t -> head("", BtfFormat.CONST, 0, false, t.to());
      case BtfType.Restrict t -> head("", BtfFormat.RESTRICT, 0, false, t.to());
      case BtfType.Func t ->
          head(t.name(), BtfFormat.FUNC, t.linkage().ordinal(), false, t.proto());
      case BtfType.FuncProto t -> {
        head("", BtfFormat.FUNC_PROTO, t.parameters().size(), false, t.returnType());
        t.parameters().forEach(p -> putInt(strings.add(p.name()), p.type()));
      }
      case BtfType.Var t -> {
        head(t.name(), BtfFormat.VAR, 0, false, t.type());
        putInt(t.linkage().ordinal());
      }
      case BtfType.DataSection t -> {
        head(t.name(), BtfFormat.DATASEC, t.vars().size(), false, t.bytes());
        t.vars().forEach(v -> putInt(v.var(), v.offset(), v.size()));
      }
      case BtfType.Float t -> head(t.name(), BtfFormat.FLOAT, 0, false, t.bytes());
      case BtfType.DeclTag t -> {
        head(t.name(), BtfFormat.DECL_TAG, 0, false, t.type());
        putInt(t.componentIndex());
      }
      case BtfType.TypeTag t -> head(t.name(), BtfFormat.TYPE_TAG, 0, false, t.type());
    }
  }

  private void composite(String name, int kind, int bytes, List<Member> members) {
    boolean bitFields = members.stream().anyMatch(member -> member.bitSize() > 0);
    head(name, kind, members.size(), bitFields, bytes);
    for (Member member : members) {
      if (bitFields && member.bitOffset() >>> 24 != 0) {
        throw new IllegalArgumentException(
            "a struct with bit fields ends at 2 MiB: " + name + "." + member.name());
      }
      int place = bitFields ? member.bitSize() << 24 | member.bitOffset() : member.bitOffset();
      putInt(strings.add(member.name()), member.type(), place);
    }
  }

  private void head(String name, int kind, int vlen, boolean flag, int sizeOrType) {
    if (vlen > MAX_ELEMENTS) {
      throw new IllegalArgumentException("BTF type \"" + name + "\" has " + vlen + " elements");
    }
    putInt(strings.add(name), (flag ? 1 << 31 : 0) | kind << 24 | vlen, sizeOrType);
  }

  private static int encoding(BtfType.IntEncoding encoding) {
    return switch (encoding) {
      case NONE -> 0;
      case SIGNED -> 1;
      case CHAR -> 2;
      case BOOL -> 4;
    };
  }

  private void putInt(int... values) {
    if (out.remaining() < 4 * values.length) {
      out = ByteBuffer.allocate(out.capacity() * 2).order(ByteOrder.LITTLE_ENDIAN).put(out.flip());
    }
    for (int value : values) {
      out.putInt(value);
    }
  }
}
