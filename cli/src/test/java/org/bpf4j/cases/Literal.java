package org.bpf4j.cases;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import org.bpf4j.btf.Btf;
import org.bpf4j.btf.BtfType;

/// The text of a key or value, and its bytes by the object's types.
///
/// A number or `true` is an integer in host order, a name is an enum's constant, `"text"` and `[1,
/// 2]` are arrays, `{field = 1}` is a struct; what is left out is zero. `#0a0b` is the bytes
/// themselves, for whatever has another order than the host's.
final class Literal {

  private final Btf btf;

  private Literal(Btf btf) {
    this.btf = btf;
  }

  /// The bytes of a literal of a type.
  ///
  /// @throws IllegalArgumentException if the type has no such value
  static byte[] encode(Btf btf, int type, String text) {
    byte[] bytes = new byte[Math.toIntExact(btf.sizeOf(type).orElseThrow())];
    new Literal(btf).write(type, text.strip(), bytes, 0);
    return bytes;
  }

  private void write(int id, String text, byte[] to, int at) {
    if (text.startsWith("#")) {
      byte[] bytes = HexFormat.of().parseHex(text.substring(1));
      System.arraycopy(bytes, 0, to, at, bytes.length);
      return;
    }
    int type = btf.resolve(id);
    int size = Math.toIntExact(btf.sizeOf(type).orElseThrow());
    switch (btf.type(type)) {
      case BtfType.Struct(_, _, List<BtfType.Member> members) -> struct(members, text, to, at);
      case BtfType.Union(_, _, List<BtfType.Member> members) ->
          write(members.getFirst().type(), text, to, at);
      case BtfType.Array(int element, _, _) -> array(element, size, text, to, at);
      case BtfType.Enum(_, _, _, List<BtfType.EnumValue> values) ->
          number(
              values.stream()
                  .filter(value -> value.name().equals(text) || value.name().endsWith("_" + text))
                  .map(BtfType.EnumValue::value)
                  .findFirst()
                  .orElseGet(() -> integer(text)),
              size,
              to,
              at);
      default -> number(integer(text), size, to, at);
    }
  }

  private void struct(List<BtfType.Member> members, String text, byte[] to, int at) {
    if (members.size() == 1 && !text.startsWith("{")) {
      write(members.getFirst().type(), text, to, at);
      return;
    }
    for (String part : parts(text, '{', '}')) {
      int equals = part.indexOf('=');
      String name = part.substring(0, Math.max(equals, 0)).strip();
      BtfType.Member member =
          members.stream()
              .filter(m -> m.name().equals(name))
              .findFirst()
              .orElseThrow(() -> new IllegalArgumentException("no field `" + name + "`"));
      write(
          member.type(),
          part.substring(equals + 1).strip(),
          to,
          at + member.bitOffset() / Byte.SIZE);
    }
  }

  private void array(int element, int size, String text, byte[] to, int at) {
    if (text.startsWith("\"")) {
      byte[] bytes = text.substring(1, text.length() - 1).getBytes(StandardCharsets.UTF_8);
      System.arraycopy(bytes, 0, to, at, Math.min(bytes.length, size));
      return;
    }
    int step = Math.toIntExact(btf.sizeOf(element).orElseThrow());
    int index = 0;
    for (String part : parts(text, '[', ']')) {
      write(element, part.strip(), to, at + index * step);
      index++;
    }
  }

  /// The parts between commas that are not within inner brackets.
  private static List<String> parts(String text, char open, char close) {
    if (text.charAt(0) != open || text.charAt(text.length() - 1) != close) {
      throw new IllegalArgumentException(text + " is not between " + open + " and " + close);
    }
    List<String> parts = new ArrayList<>();
    int depth = 0;
    int start = 1;
    for (int i = 1; i < text.length(); i++) {
      char c = text.charAt(i);
      boolean last = i == text.length() - 1;
      if (depth == 0 && (c == ',' || last)) {
        if (!text.substring(start, i).isBlank()) {
          parts.add(text.substring(start, i));
        }
        start = i + 1;
      } else if (c == '{' || c == '[') {
        depth++;
      } else if (c == '}' || c == ']') {
        depth--;
      }
    }
    return parts;
  }

  private static long integer(String text) {
    return switch (text) {
      case "true" -> 1;
      case "false" -> 0;
      default ->
          text.startsWith("0x")
              ? Long.parseUnsignedLong(text.substring(2), 16)
              : Long.parseLong(text);
    };
  }

  private static void number(long value, int size, byte[] to, int at) {
    if (size < Long.BYTES
        && value >> (size * 8 - 1) != 0
        && value >> (size * 8 - 1) != -1
        && value >>> (size * 8) != 0) {
      throw new IllegalArgumentException(value + " does not fit " + size + " bytes");
    }
    for (int i = 0; i < size; i++) {
      to[at + i] = (byte) (value >>> (i * 8));
    }
  }

  /// Bytes as hexadecimal text, words apart.
  static String hex(byte[] bytes) {
    return HexFormat.of().formatHex(bytes).replaceAll("(.{8})(?!$)", "$1 ");
  }

  /// Whether every byte is zero.
  static boolean isZero(byte[] bytes) {
    return Arrays.equals(bytes, new byte[bytes.length]);
  }
}
