package org.bpf4j.cli;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.bpf4j.btf.Btf;
import org.bpf4j.btf.BtfType;
import org.bpf4j.object.BpfObject;

/// Values for the `@Config` fields of programs, by name and as text.
final class Settings {

  private final Map<String, String> values;
  private final Set<String> used = new HashSet<>();

  Settings(Map<String, String> values) {
    this.values = Map.copyOf(values);
  }

  /// The contents of the data sections of an object that have a variable which is set.
  ///
  /// @throws CommandFailedException if a value does not fit its variable
  Map<String, byte[]> apply(BpfObject object) throws CommandFailedException {
    Map<String, byte[]> data = new HashMap<>();
    for (GlobalVariable variable : GlobalVariable.of(object)) {
      String value = values.get(variable.name());
      if (value != null && variable.section().isReadOnly()) {
        used.add(variable.name());
        byte[] bytes =
            data.computeIfAbsent(variable.section().name(), _ -> variable.section().bytes());
        long number =
            number(object.btf(), variable.type(), value)
                .filter(parsed -> fits(object.btf(), variable, parsed))
                .orElseThrow(
                    () ->
                        new CommandFailedException(
                            "%s cannot be \"%s\"".formatted(variable.name(), value)));
        byte[] all =
            ByteBuffer.allocate(Long.BYTES).order(ByteOrder.LITTLE_ENDIAN).putLong(number).array();
        System.arraycopy(all, 0, bytes, variable.offset(), variable.size());
      }
    }
    return data;
  }

  /// The names that no object so far had a variable for, sorted.
  List<String> unused() {
    return values.keySet().stream().filter(name -> !used.contains(name)).sorted().toList();
  }

  /// A value as a number; nothing if it is none of that type.
  private static Optional<Long> number(Btf btf, int type, String text) {
    int resolved = btf.resolve(type);
    if (resolved == 0) {
      return Optional.empty();
    }
    return switch (btf.type(resolved)) {
      case BtfType.Int number when number.encoding() == BtfType.IntEncoding.BOOL -> truth(text);
      case BtfType.Int _ -> parse(text);
      case BtfType.Enum choice ->
          choice.values().stream()
              .filter(constant -> constant.name().equals(text))
              .map(BtfType.EnumValue::value)
              .findFirst();
      case BtfType.Enum64 _,
          BtfType.Pointer _,
          BtfType.Array _,
          BtfType.Struct _,
          BtfType.Union _,
          BtfType.Forward _,
          BtfType.Typedef _,
          BtfType.Volatile _,
          BtfType.Const _,
          BtfType.Restrict _,
          BtfType.Func _,
          BtfType.FuncProto _,
          BtfType.Var _,
          BtfType.DataSection _,
          BtfType.Float _,
          BtfType.DeclTag _,
          BtfType.TypeTag _ ->
          Optional.empty();
    };
  }

  private static Optional<Long> truth(String text) {
    return switch (text) {
      case "true" -> Optional.of(1L);
      case "false" -> Optional.of(0L);
      default -> Optional.empty();
    };
  }

  private static Optional<Long> parse(String text) {
    try {
      return Optional.of(Long.decode(text));
    } catch (NumberFormatException _) {
      return Optional.empty();
    }
  }

  /// Whether a number fits, signed or unsigned, into a variable.
  private static boolean fits(Btf btf, GlobalVariable variable, long number) {
    int bits = variable.size() * Byte.SIZE;
    if (bits >= Long.SIZE) {
      return bits == Long.SIZE;
    }
    boolean unsigned =
        btf.type(btf.resolve(variable.type())) instanceof BtfType.Int type
            && type.encoding() != BtfType.IntEncoding.SIGNED;
    return unsigned ? number >>> bits == 0 : number << -bits >> -bits == number;
  }
}
