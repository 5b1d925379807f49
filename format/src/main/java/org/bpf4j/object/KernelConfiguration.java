package org.bpf4j.object;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.function.Function;
import org.bpf4j.btf.BtfType;
import org.bpf4j.btf.BtfTypes;
import org.bpf4j.isa.MalformedObjectException;
import org.jspecify.annotations.Nullable;

/// What a kernel was configured with, as its configuration file says it: `y`, `m`, `n`, a number,
/// or a text in quotes.
///
/// @param values the texts behind the equals signs, by name
public record KernelConfiguration(Map<String, String> values) {

  /// Copies the map.
  public KernelConfiguration {
    values = Map.copyOf(values);
  }

  /// The contents of an object's section of the configuration.
  ///
  /// @param section the section, which is [DataSection#isKernelConfig]
  /// @param btf the object's types
  /// @param refusal what to throw about a value that is wanted and not there, or is of another type
  /// @throws MalformedObjectException if the section is not described
  public byte[] contents(
      DataSection section, BtfTypes btf, Function<String, RuntimeException> refusal) {
    byte[] contents = section.bytes();
    if (!(btf.find(section.btfType()).orElse(null) instanceof BtfType.DataSection layout)) {
      throw new MalformedObjectException("section " + section.name() + " has no types");
    }
    for (BtfType.SectionVar place : layout.vars()) {
      if (!(btf.find(place.var()).orElse(null) instanceof BtfType.Var(String name, int type, _))
          || place.offset() < 0
          || place.size() < 1
          || place.offset() > contents.length - place.size()) {
        throw new MalformedObjectException("section " + section.name() + " has no proper types");
      }
      String value = values.get(name);
      if (value == null && !section.optional().contains(name)) {
        throw refusal.apply("the configuration does not say " + name);
      }
      if (value != null) {
        BtfType resolved = btf.find(btf.resolve(type)).orElse(null);
        if (!put(contents, place, resolved, value)) {
          throw refusal.apply(name + " is " + value + ", which its type is not for");
        }
      }
    }
    return contents;
  }

  private static boolean put(
      byte[] contents, BtfType.SectionVar place, @Nullable BtfType type, String value) {
    boolean isChoice = value.length() == 1 && "ymn".contains(value);
    return switch (type) {
      case BtfType.Int(_, _, var encoding, _) when encoding == BtfType.IntEncoding.BOOL ->
          isChoice && !value.equals("m") && put(contents, place, value.equals("y") ? 1 : 0);
      case BtfType.Int(_, int bytes, _, _) when isChoice && bytes == 1 ->
          put(contents, place, value.charAt(0));
      case BtfType.Enum _ -> isChoice && put(contents, place, "nym".indexOf(value));
      case BtfType.Int _ -> number(contents, place, value);
      case BtfType.Array _ -> text(contents, place, value);
      case null, default -> false;
    };
  }

  private static boolean number(byte[] contents, BtfType.SectionVar place, String value) {
    try {
      long number =
          value.startsWith("0x")
              ? Long.parseUnsignedLong(value.substring(2), 16)
              : Long.parseLong(value);
      int spare = Long.SIZE - Byte.SIZE * Math.min(place.size(), Long.BYTES);
      boolean fits = number << spare >> spare == number || number << spare >>> spare == number;
      return fits && put(contents, place, number);
    } catch (NumberFormatException _) {
      return false;
    }
  }

  private static boolean put(byte[] contents, BtfType.SectionVar place, long number) {
    for (int i = 0; i < Math.min(place.size(), Long.BYTES); i++) {
      contents[place.offset() + i] = (byte) (number >>> Byte.SIZE * i);
    }
    return true;
  }

  /// A text is cut off where it leaves no room for its terminator.
  private static boolean text(byte[] contents, BtfType.SectionVar place, String value) {
    if (value.length() < 2 || !value.startsWith("\"") || !value.endsWith("\"")) {
      return false;
    }
    byte[] bytes = value.substring(1, value.length() - 1).getBytes(StandardCharsets.UTF_8);
    System.arraycopy(bytes, 0, contents, place.offset(), Math.min(bytes.length, place.size() - 1));
    return true;
  }
}
