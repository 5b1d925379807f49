package org.bpf4j.btf;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;
import org.bpf4j.btf.BtfType.EnumValue;
import org.bpf4j.btf.BtfType.IntEncoding;
import org.bpf4j.btf.BtfType.Linkage;
import org.bpf4j.btf.BtfType.Member;
import org.bpf4j.btf.BtfType.Parameter;
import org.bpf4j.btf.BtfType.SectionVar;
import org.bpf4j.isa.MalformedObjectException;
import org.jspecify.annotations.Nullable;

/// The bytes of a `.BTF` section with the place of each type.
///
/// Creating it checks the header, the extent of every type and the end of the strings; decoding a
/// type checks that type. Nothing it allocates is larger than a small multiple of the bytes.
///
/// A kernel module's types go on where the kernel's end: ids and offsets of strings count from
/// there, and smaller ones are the kernel's.
final class BtfSection {

  private final ByteBuffer types;
  private final ByteBuffer strings;
  private final BtfStarts found;
  private final int[] starts;
  private final @Nullable BtfSection base;

  BtfSection(byte[] bytes) {
    this(bytes, null);
  }

  /// @param base what the types go on from
  BtfSection(byte[] bytes, @Nullable BtfSection base) {
    this.base = base;
    ByteBuffer all = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    if (bytes.length < BtfFormat.HEADER_BYTES) {
      throw new MalformedObjectException("BTF of " + bytes.length + " bytes has no header");
    }
    int magic = Short.toUnsignedInt(all.getShort(0));
    if (magic != BtfFormat.MAGIC) {
      throw new MalformedObjectException(
          magic == 0x9feb
              ? "BTF is big-endian, which is unsupported"
              : "BTF has the magic number 0x" + Integer.toHexString(magic));
    }
    if (all.get(2) != BtfFormat.VERSION) {
      throw new MalformedObjectException("BTF has version " + all.get(2));
    }
    long header = Integer.toUnsignedLong(all.getInt(4));
    if (header < BtfFormat.HEADER_BYTES) {
      throw new MalformedObjectException("BTF has a header of " + header + " bytes");
    }
    types = part(all, "types", header, all.getInt(8), all.getInt(12));
    strings = part(all, "strings", header, all.getInt(16), all.getInt(20));
    int length = strings.capacity();
    boolean alone = base == null;
    if (length == 0 ? alone : alone && strings.get(0) != 0 || strings.get(length - 1) != 0) {
      throw new MalformedObjectException("BTF strings do not start and end with NUL");
    }
    found = BtfStarts.of(types);
    starts = found.places();
  }

  private static ByteBuffer part(ByteBuffer all, String what, long header, int at, int size) {
    long from = header + Integer.toUnsignedLong(at);
    long length = Integer.toUnsignedLong(size);
    if (from + length > all.capacity()) {
      throw new MalformedObjectException(
          "BTF " + what + " at " + from + " of " + length + " bytes leave the section");
    }
    return all.slice((int) from, (int) length).order(ByteOrder.LITTLE_ENDIAN);
  }

  /// The greatest id.
  int count() {
    return first() + found.count();
  }

  /// The greatest id that is not its own.
  int first() {
    return base == null ? 0 : base.count();
  }

  /// A new view of the strings.
  StringSection texts() {
    return new StringSection(".BTF", strings, base == null ? null : base.texts());
  }

  /// The strings from the name of the type with that id to the end; the last byte is NUL.
  ByteBuffer name(int id) {
    int offset = types.getInt(starts[id - 1 - first()]);
    return nameHolder(offset).from(offset, id);
  }

  /// Its own types with names by these, but functions.
  NameIndex names() {
    return index(found.named());
  }

  /// Its own functions by name.
  NameIndex functions() {
    return index(found.functions());
  }

  private NameIndex index(int[] numbers) {
    ByteBuffer before = base == null ? strings.slice(0, 0) : base.strings;
    return NameIndex.of(types, starts, numbers, strings, before);
  }

  /// Which of both has the string.
  private BtfSection nameHolder(int offset) {
    return base != null && offset >= 0 && offset < base.strings.capacity() ? base : this;
  }

  private ByteBuffer from(int offset, int id) {
    int at = base == null ? offset : offset - base.strings.capacity();
    int length = strings.capacity();
    if (at < 0 || at >= length) {
      throw new MalformedObjectException("BTF type " + id + " has its name outside the strings");
    }
    return strings.slice(at, length - at);
  }

  /// Decodes the type with that id, one of its own.
  BtfType decode(int id, StringSection texts) {
    try {
      return new Decoder(id, texts).type();
    } catch (MalformedObjectException e) {
      throw new MalformedObjectException("BTF type " + id + ": " + e.getMessage(), e);
    }
  }

  /// Reads one type: the fixed part, then what its kind adds.
  private final class Decoder {

    private final StringSection texts;
    private final int start;
    private final int info;
    private final String name;
    private final int sizeOrType;

    Decoder(int id, StringSection texts) {
      this.texts = texts;
      start = starts[id - 1 - first()];
      name = texts.at(types.getInt(start));
      info = types.getInt(start + 4);
      sizeOrType = types.getInt(start + 8);
    }

    /// One arm for each kind.
    BtfType type() {
      boolean flag = info < 0;
      return switch (info >>> 24 & 0x1f) {
        case BtfFormat.INT -> integer();
        case BtfFormat.PTR -> new BtfType.Pointer(reference(sizeOrType));
        case BtfFormat.ARRAY -> new BtfType.Array(reference(word(0)), reference(word(1)), word(2));
        case BtfFormat.STRUCT -> new BtfType.Struct(name, size(), members(flag));
        case BtfFormat.UNION -> new BtfType.Union(name, size(), members(flag));
        case BtfFormat.ENUM ->
            new BtfType.Enum(
                name,
                size(),
                flag,
                list(
                    i ->
                        new EnumValue(
                            texts.at(word(2 * i)),
                            flag ? word(2 * i + 1) : Integer.toUnsignedLong(word(2 * i + 1)))));
        case BtfFormat.ENUM64 ->
            new BtfType.Enum64(
                name,
                size(),
                flag,
                list(
                    i ->
                        new EnumValue(
                            texts.at(word(3 * i)),
                            (long) word(3 * i + 2) << 32
                                | Integer.toUnsignedLong(word(3 * i + 1)))));
        case BtfFormat.FWD -> new BtfType.Forward(name, flag);
        case BtfFormat.TYPEDEF -> new BtfType.Typedef(name, reference(sizeOrType));
        case BtfFormat.VOLATILE -> new BtfType.Volatile(reference(sizeOrType));
        case BtfFormat.CONST -> new BtfType.Const(reference(sizeOrType));
        case BtfFormat.RESTRICT -> new BtfType.Restrict(reference(sizeOrType));
        case BtfFormat.FUNC ->
            new BtfType.Func(name, linkage(info & 0xffff), reference(sizeOrType));
        case BtfFormat.FUNC_PROTO ->
            new BtfType.FuncProto(
                reference(sizeOrType),
                list(i -> new Parameter(texts.at(word(2 * i)), reference(word(2 * i + 1)))));
        case BtfFormat.VAR -> new BtfType.Var(name, reference(sizeOrType), linkage(word(0)));
        case BtfFormat.DATASEC ->
            new BtfType.DataSection(
                name,
                sizeOrType,
                list(
                    i -> new SectionVar(reference(word(3 * i)), word(3 * i + 1), word(3 * i + 2))));
        case BtfFormat.FLOAT -> new BtfType.Float(name, size());
        case BtfFormat.DECL_TAG -> new BtfType.DeclTag(name, reference(sizeOrType), word(0));
        case BtfFormat.TYPE_TAG -> new BtfType.TypeTag(name, reference(sizeOrType));
        default -> throw new MalformedObjectException("unknown kind");
      };
    }

    private BtfType integer() {
      int word = word(0);
      if ((word >>> 16 & 0xff) != 0) {
        throw new MalformedObjectException("integers with a bit offset are unsupported");
      }
      IntEncoding encoding =
          switch (word >>> 24) {
            case 0 -> IntEncoding.NONE;
            case 1 -> IntEncoding.SIGNED;
            case 2 -> IntEncoding.CHAR;
            case 3 -> IntEncoding.SIGNED; // of a character, by GCC; kernels take one of both
            case 4 -> IntEncoding.BOOL;
            default ->
                throw new MalformedObjectException("unknown integer encoding " + (word >>> 24));
          };
      return new BtfType.Int(name, size(), encoding, word & 0xff);
    }

    private List<Member> members(boolean bitFields) {
      return list(
          i -> {
            int place = word(3 * i + 2);
            return new Member(
                texts.at(word(3 * i)),
                reference(word(3 * i + 1)),
                bitFields ? place & 0xffffff : place,
                bitFields ? place >>> 24 : 0);
          });
    }

    private <T> List<T> list(IntFunction<T> element) {
      int length = info & 0xffff;
      List<T> list = new ArrayList<>(length);
      for (int i = 0; i < length; i++) {
        list.add(element.apply(i));
      }
      return list;
    }

    private int word(int index) {
      return types.getInt(start + BtfFormat.TYPE_BYTES + 4 * index);
    }

    private int size() {
      if (sizeOrType < 0) {
        throw new MalformedObjectException("a size beyond 2 GiB");
      }
      return sizeOrType;
    }

    private int reference(int id) {
      if (id < 0 || id > count()) {
        throw new MalformedObjectException(
            "there is no type " + Integer.toUnsignedString(id) + " to refer to");
      }
      return id;
    }

    private static Linkage linkage(int number) {
      if (number < 0 || number >= Linkage.values().length) {
        throw new MalformedObjectException("unknown linkage " + number);
      }
      return Linkage.values()[number];
    }
  }
}
