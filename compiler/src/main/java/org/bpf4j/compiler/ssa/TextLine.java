package org.bpf4j.compiler.ssa;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.bpf4j.compiler.diagnostic.Span;

/// A line of SSA text that is read from left to right, word by word.
final class TextLine {
  private final int number;
  private final String text;
  private int at;

  TextLine(int number, String text) {
    this.number = number;
    this.text = text;
    skipBlanks();
  }

  /// Whether nothing but an origin is left.
  boolean atEnd() {
    return at == text.length() || text.charAt(at) == ';';
  }

  /// Takes the token if it comes next.
  boolean take(String token) {
    if (!text.startsWith(token, at)) {
      return false;
    }
    at += token.length();
    skipBlanks();
    return true;
  }

  void expect(String token) {
    if (!take(token)) {
      throw wrong("`" + token + "` expected");
    }
  }

  /// A bare or quoted word.
  String word() {
    if (text.startsWith("\"", at)) {
      return quoted();
    }
    int start = at;
    while (at < text.length() && isPartOfWord(text.charAt(at))) {
      at++;
    }
    if (at == start) {
      throw wrong("word expected");
    }
    String word = text.substring(start, at);
    skipBlanks();
    return word;
  }

  /// The constant of that name, in any case.
  <E extends Enum<E>> E constant(Class<E> type) {
    String word = word();
    return find(type, word).orElseThrow(() -> wrong("unknown " + word));
  }

  static <E extends Enum<E>> Optional<E> find(Class<E> type, String word) {
    for (E constant : type.getEnumConstants()) {
      if (constant.name().equals(word.toUpperCase(Locale.ROOT))) {
        return Optional.of(constant);
      }
    }
    return Optional.empty();
  }

  long number() {
    int start = at;
    if (at < text.length() && text.charAt(at) == '-') {
      at++;
    }
    while (at < text.length() && Character.isDigit(text.charAt(at))) {
      at++;
    }
    try {
      long value = Long.parseLong(text.substring(start, at));
      skipBlanks();
      return value;
    } catch (NumberFormatException e) {
      throw wrong("number expected");
    }
  }

  int small() {
    long value = number();
    if (value != (int) value) {
      throw wrong("number of 32 bits expected");
    }
    return (int) value;
  }

  /// The number behind a letter, as in `v7`.
  int numbered(String letter) {
    if (!text.startsWith(letter, at)) {
      throw wrong("`" + letter + "` and a number expected");
    }
    at += letter.length();
    return small();
  }

  /// The origin at the end of the line; if there is none, a place without source.
  Origin origin() {
    if (at == text.length()) {
      return Origin.of(Span.NONE);
    }
    expect(";");
    List<Span> spans = new ArrayList<>();
    do {
      spans.add(span());
    } while (take("<"));
    if (at != text.length()) {
      throw wrong("end of line expected");
    }
    Origin origin = Origin.of(spans.removeLast());
    for (Span span : spans.reversed()) {
      origin = new Origin(span, Optional.of(origin));
    }
    return origin;
  }

  private Span span() {
    String file = word();
    expect(":");
    int line = small();
    expect(":");
    int column = small();
    expect("-");
    int endLine = small();
    expect(":");
    return new Span(file, line, column, endLine, small());
  }

  IllegalArgumentException wrong(String message) {
    return new IllegalArgumentException(
        "line %d, column %d: %s: %s".formatted(number, at + 1, message, text));
  }

  private String quoted() {
    StringBuilder word = new StringBuilder();
    at++;
    while (at < text.length() && text.charAt(at) != '"') {
      if (text.startsWith("\\u", at) && at + 6 <= text.length()) {
        word.append((char) Integer.parseInt(text, at + 2, at + 6, 16));
        at += 6;
        continue;
      }
      if (text.charAt(at) == '\\') {
        at++;
      }
      if (at < text.length()) {
        word.append(text.charAt(at++));
      }
    }
    expect("\"");
    return word.toString();
  }

  private static boolean isPartOfWord(char c) {
    return Character.isLetterOrDigit(c) || c == '_' || c == '$' || c == '.' || c == '/';
  }

  private void skipBlanks() {
    while (at < text.length() && Character.isWhitespace(text.charAt(at))) {
      at++;
    }
  }
}
