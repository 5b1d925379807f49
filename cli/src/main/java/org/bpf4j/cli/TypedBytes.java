package org.bpf4j.cli;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.bpf4j.btf.BtfType;
import org.bpf4j.btf.BtfTypes;

/// Bytes shown as an object's types say.
///
/// @param types the object's types
record TypedBytes(BtfTypes types) {

  /// The most elements of an array that are shown.
  private static final int MAX_ELEMENTS = 16;

  /// From here on a number may be an address or flags, and is shown in hex too.
  private static final long HEX_FROM = 1 << 16;

  /// A number or text with the name of where it stands.
  ///
  /// @param name the path of the field, or the name of the whole
  /// @param text its value
  record Cell(String name, String text) {}

  /// The fields of a value, structs within it flattened; a value that is no struct is one cell.
  ///
  /// @param type the value's BTF type, or 0 if it has none
  /// @param whole what to call a value that has no fields
  List<Cell> cells(int type, String whole, MemorySegment bytes) {
    List<Cell> cells = new ArrayList<>();
    int resolved = type == 0 ? 0 : types.resolve(type);
    if (resolved != 0 && types.type(resolved) instanceof BtfType.Struct struct) {
      addMembers(cells, "", struct, bytes);
    } else {
      cells.add(new Cell(whole, text(type, bytes)));
    }
    return cells;
  }

  private void addMembers(
      List<Cell> cells, String prefix, BtfType.Struct struct, MemorySegment bytes) {
    for (BtfType.Member member : struct.members()) {
      int type = types.resolve(member.type());
      MemorySegment part = part(member, bytes);
      String name = prefix + member.name();
      if (type != 0 && types.type(type) instanceof BtfType.Struct inner) {
        addMembers(cells, name + ".", inner, part);
      } else {
        cells.add(new Cell(name, text(member.type(), part)));
      }
    }
  }

  private MemorySegment part(BtfType.Member member, MemorySegment bytes) {
    return bytes.asSlice(member.bitOffset() / Byte.SIZE, size(member.type()));
  }

  private long size(int type) {
    return types.sizeOf(type).orElse(0);
  }

  /// A value in one line; one arm for each sort of type.
  private String text(int type, MemorySegment bytes) {
    int resolved = type == 0 ? 0 : types.resolve(type);
    if (resolved == 0) {
      return hex(bytes);
    }
    ByteOrder order = order(type);
    return switch (types.type(resolved)) {
      case BtfType.Int number -> number(number, order, bytes);
      case BtfType.Enum t -> constant(t.values(), number(bytes, order, t.signed()));
      case BtfType.Enum64 t -> constant(t.values(), number(bytes, order, t.signed()));
      case BtfType.Array array -> array(array, bytes);
      case BtfType.Struct struct -> struct(struct, bytes);
      case BtfType.Pointer _ -> "0x" + Long.toHexString(number(bytes, order, false));
      case BtfType.Union _,
          BtfType.Float _,
          BtfType.Forward _,
          BtfType.Typedef _,
          BtfType.Volatile _,
          BtfType.Const _,
          BtfType.Restrict _,
          BtfType.Func _,
          BtfType.FuncProto _,
          BtfType.Var _,
          BtfType.DataSection _,
          BtfType.DeclTag _,
          BtfType.TypeTag _ ->
          hex(bytes);
    };
  }

  /// The kernel's names for big-endian numbers are typedefs that begin with `__be`.
  private ByteOrder order(int type) {
    return types.type(type) instanceof BtfType.Typedef(String name, _) && name.startsWith("__be")
        ? ByteOrder.BIG_ENDIAN
        : ByteOrder.LITTLE_ENDIAN;
  }

  private static String number(BtfType.Int type, ByteOrder order, MemorySegment bytes) {
    boolean signed = type.encoding() == BtfType.IntEncoding.SIGNED;
    if (bytes.byteSize() > Long.BYTES) {
      return hex(bytes);
    }
    long value = number(bytes, order, signed);
    if (type.encoding() == BtfType.IntEncoding.BOOL) {
      return value == 0 ? "false" : "true";
    }
    String decimal = signed ? Long.toString(value) : Long.toUnsignedString(value);
    boolean small = value > -HEX_FROM && value < HEX_FROM;
    return small || bytes.byteSize() != Integer.BYTES
        ? decimal
        : decimal + " (0x" + HexFormat.of().toHexDigits((int) value) + ")";
  }

  private static long number(MemorySegment bytes, ByteOrder order, boolean signed) {
    int size = (int) bytes.byteSize();
    long value = 0;
    for (int i = 0; i < size; i++) {
      int at = order == ByteOrder.BIG_ENDIAN ? i : size - 1 - i;
      value = value << 8 | (bytes.get(ValueLayout.JAVA_BYTE, at) & 0xff);
    }
    int unused = Long.SIZE - size * Byte.SIZE;
    return signed && size > 0 ? value << unused >> unused : value;
  }

  private static String constant(List<BtfType.EnumValue> values, long number) {
    return values.stream()
        .filter(value -> value.value() == number)
        .map(BtfType.EnumValue::name)
        .findFirst()
        .orElseGet(() -> Long.toString(number));
  }

  private String array(BtfType.Array array, MemorySegment bytes) {
    int element = types.resolve(array.element());
    boolean characters =
        element != 0
            && types.type(element) instanceof BtfType.Int(String name, int size, _, _)
            && size == 1
            && name.equals("char");
    if (characters) {
      return string(bytes);
    }
    long stride = size(array.element());
    int shown = Math.min(array.count(), MAX_ELEMENTS);
    String text =
        IntStream.range(0, shown)
            .mapToObj(i -> text(array.element(), bytes.asSlice(i * stride, stride)))
            .collect(Collectors.joining(", "));
    return "[" + text + (shown < array.count() ? ", …]" : "]");
  }

  private String struct(BtfType.Struct struct, MemorySegment bytes) {
    return struct.members().stream()
        .map(member -> member.name() + "=" + text(member.type(), part(member, bytes)))
        .collect(Collectors.joining(", ", "{", "}"));
  }

  /// The text before the first zero byte, quoted; what cannot be printed is replaced by a dot.
  private static String string(MemorySegment bytes) {
    byte[] all = bytes.toArray(ValueLayout.JAVA_BYTE);
    int end = 0;
    while (end < all.length && all[end] != 0) {
      end++;
    }
    String text = new String(all, 0, end, StandardCharsets.UTF_8);
    return '"' + text.replaceAll("\\p{Cntrl}", ".") + '"';
  }

  private static String hex(MemorySegment bytes) {
    return HexFormat.of().formatHex(bytes.toArray(ValueLayout.JAVA_BYTE));
  }
}
