package org.bpf4j.compiler.ast;

import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/// Reads what [Printer] writes: `parse(print(x))` equals `x`.
///
/// Sidecars come from jars, so the text is not trusted: it can name only classes of [Vocabulary],
/// its nesting is bounded, and every mistake is an [IllegalArgumentException] that says where.
public final class Parser {
  /// Deeper than any method that javac itself could compile.
  private static final int MAX_DEPTH = 1_000;

  private final String text;
  private int at;
  private int depth;

  private Parser(String text) {
    this.text = text;
  }

  /// Reads a node of that class.
  ///
  /// @throws IllegalArgumentException if the text is not the form of one
  public static <R extends Record> R parse(String text, Class<R> type) {
    Parser parser = new Parser(text);
    R node = type.cast(parser.value(type));
    parser.skipSpace();
    if (parser.at != text.length()) {
      throw parser.malformed("text behind the end");
    }
    return node;
  }

  private Object value(Type type) {
    skipSpace();
    if (++depth > MAX_DEPTH) {
      throw malformed("nested too deeply");
    }
    Object value =
        switch (type) {
          case ParameterizedType generic -> generic(generic);
          case Class<?> c -> plain(c);
          default -> throw malformed("cannot read a " + type);
        };
    depth--;
    return value;
  }

  private Object generic(ParameterizedType type) {
    Type argument = type.getActualTypeArguments()[0];
    if (type.getRawType() == List.class) {
      expect('[');
      List<Object> list = new ArrayList<>();
      while (!accept(']')) {
        list.add(value(argument));
      }
      return List.copyOf(list);
    }
    if (type.getRawType() == Optional.class) {
      return acceptWord("none") ? Optional.empty() : Optional.of(value(argument));
    }
    throw malformed("cannot read a " + type);
  }

  private Object plain(Class<?> type) {
    if (type == String.class) {
      return quoted();
    }
    if (type == int.class) {
      return (int) number(Integer.MIN_VALUE, Integer.MAX_VALUE);
    }
    if (type == long.class || type == Long.class) {
      return number(Long.MIN_VALUE, Long.MAX_VALUE);
    }
    if (type == boolean.class) {
      return bool();
    }
    if (type == OptionalInt.class) {
      return acceptWord("none")
          ? OptionalInt.empty()
          : OptionalInt.of((int) number(Integer.MIN_VALUE, Integer.MAX_VALUE));
    }
    Object value = peek() == '(' ? node() : constant();
    if (!type.isInstance(value)) {
      throw malformed("expected a " + type.getSimpleName());
    }
    return value;
  }

  private boolean bool() {
    String word = word();
    return switch (word) {
      case "true" -> true;
      case "false" -> false;
      default -> throw malformed("expected true or false, found " + word);
    };
  }

  private Object node() {
    expect('(');
    Class<?> type = known(word());
    if (!type.isRecord()) {
      throw malformed(type.getSimpleName() + " has no parts");
    }
    RecordComponent[] components = type.getRecordComponents();
    Object[] values = new Object[components.length];
    for (int i = 0; i < values.length; i++) {
      values[i] = value(components[i].getGenericType());
    }
    expect(')');
    try {
      Constructor<?> constructor =
          type.getDeclaredConstructor(
              Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new));
      return constructor.newInstance(values);
    } catch (InvocationTargetException e) {
      throw malformed(type.getSimpleName() + ": " + e.getCause());
    } catch (ReflectiveOperationException e) {
      throw malformed(type.getSimpleName() + ": " + e);
    }
  }

  private Object constant() {
    String word = word();
    int dot = word.indexOf('.');
    if (dot > 0) {
      Class<?> type = known(word.substring(0, dot));
      Object[] constants = type.getEnumConstants();
      if (constants != null) {
        for (Object constant : constants) {
          if (((Enum<?>) constant).name().equals(word.substring(dot + 1))) {
            return constant;
          }
        }
      }
    }
    throw malformed("unknown constant " + word);
  }

  private Class<?> known(String name) {
    return Vocabulary.find(name).orElseThrow(() -> malformed("unknown node " + name));
  }

  private long number(long min, long max) {
    String word = word();
    try {
      long value = Long.parseLong(word);
      if (value >= min && value <= max) {
        return value;
      }
    } catch (NumberFormatException notANumber) {
      throw malformed("expected a number, found " + word);
    }
    throw malformed(word + " is out of range");
  }

  private String quoted() {
    expect('"');
    StringBuilder string = new StringBuilder();
    while (true) {
      char c = next();
      if (c == '"') {
        return string.toString();
      }
      string.append(c == '\\' ? escaped() : c);
    }
  }

  private char escaped() {
    char c = next();
    return switch (c) {
      case 'n' -> '\n';
      case 'u' -> {
        if (at + 4 > text.length()) {
          throw malformed("text ends in an escape");
        }
        try {
          char value = (char) Integer.parseUnsignedInt(text, at, at + 4, 16);
          at += 4;
          yield value;
        } catch (NumberFormatException notHex) {
          throw malformed("bad escape");
        }
      }
      default -> c;
    };
  }

  private String word() {
    skipSpace();
    int start = at;
    while (at < text.length() && "()[]\" \n\r\t".indexOf(text.charAt(at)) < 0) {
      at++;
    }
    return text.substring(start, at);
  }

  private boolean acceptWord(String word) {
    skipSpace();
    if (text.startsWith(word, at)) {
      at += word.length();
      return true;
    }
    return false;
  }

  private boolean accept(char c) {
    skipSpace();
    if (peek() == c) {
      at++;
      return true;
    }
    return false;
  }

  private void expect(char c) {
    if (!accept(c)) {
      throw malformed("expected " + c);
    }
  }

  private char peek() {
    return at < text.length() ? text.charAt(at) : '\0';
  }

  private char next() {
    if (at >= text.length()) {
      throw malformed("text ends too early");
    }
    return text.charAt(at++);
  }

  private void skipSpace() {
    while (at < text.length() && text.charAt(at) <= ' ') {
      at++;
    }
  }

  private IllegalArgumentException malformed(String what) {
    return new IllegalArgumentException("at character " + at + ": " + what);
  }
}
