package org.bpf4j.cli;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.stream.Collectors;
import org.bpf4j.inventory.LinkTarget;
import org.jspecify.annotations.Nullable;

/// Values as JSON: a record is an object with its components' names, what is empty is left out, a
/// duration is a number of nanoseconds and says so in its name.
final class Json {

  private Json() {}

  /// The text of a value, in one line.
  static String print(@Nullable Object value) {
    return write(plain(value));
  }

  /// A record as names and values: texts, numbers, truth values, lists and further such maps.
  static Map<String, Object> fields(Record value) {
    Map<String, Object> fields = new LinkedHashMap<>();
    if (value instanceof LinkTarget target) {
      fields.put("type", target.type());
    }
    for (RecordComponent component : value.getClass().getRecordComponents()) {
      Object plain = plain(read(value, component));
      if (plain != null) {
        boolean nanoseconds = component.getType() == Duration.class;
        fields.put(component.getName() + (nanoseconds ? "Nanos" : ""), plain);
      }
    }
    return fields;
  }

  private static @Nullable Object read(Record value, RecordComponent component) {
    try {
      return component.getAccessor().invoke(value);
    } catch (IllegalAccessException | InvocationTargetException e) {
      throw new IllegalStateException("cannot read " + component, e);
    }
  }

  private static @Nullable Object plain(@Nullable Object value) {
    return switch (value) {
      case null -> null;
      case Optional<?> optional -> plain(optional.orElse(null));
      case OptionalInt optional -> optional.isPresent() ? optional.getAsInt() : null;
      case OptionalLong optional -> optional.isPresent() ? optional.getAsLong() : null;
      case Duration duration -> duration.toNanos();
      case Record fields -> fields(fields);
      case List<?> list -> list.stream().map(Json::plain).toList();
      case Map<?, ?> map -> plain(map);
      case Enum<?> constant -> constant.name().toLowerCase(java.util.Locale.ROOT);
      case Instant instant -> instant.toString();
      case Path path -> path.toString();
      case Number number -> number;
      case Boolean truth -> truth;
      default -> value.toString();
    };
  }

  private static Map<String, Object> plain(Map<?, ?> map) {
    Map<String, Object> fields = new LinkedHashMap<>();
    map.forEach(
        (name, value) -> {
          Object plain = plain(value);
          if (plain != null) {
            fields.put(String.valueOf(name), plain);
          }
        });
    return fields;
  }

  private static String write(@Nullable Object plain) {
    return switch (plain) {
      case null -> "null";
      case Map<?, ?> map ->
          map.entrySet().stream()
              .map(entry -> quote(String.valueOf(entry.getKey())) + ":" + write(entry.getValue()))
              .collect(Collectors.joining(",", "{", "}"));
      case List<?> list ->
          list.stream().map(Json::write).collect(Collectors.joining(",", "[", "]"));
      case String text -> quote(text);
      default -> plain.toString();
    };
  }

  private static String quote(String text) {
    StringBuilder quoted = new StringBuilder("\"");
    text.chars()
        .forEach(
            c -> {
              switch (c) {
                case '"' -> quoted.append("\\\"");
                case '\\' -> quoted.append("\\\\");
                default -> {
                  if (c < ' ') {
                    quoted.append("\\u%04x".formatted(c));
                  } else {
                    quoted.append((char) c);
                  }
                }
              }
            });
    return quoted.append('"').toString();
  }
}
