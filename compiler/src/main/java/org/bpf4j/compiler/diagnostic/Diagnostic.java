package org.bpf4j.compiler.diagnostic;

import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// A user's error or warning: what is wrong, where, why, and what to write instead.
///
/// The first line (code and message) must be understood without the source line, since Maven shows
/// nothing else.
///
/// @param code the catalogue entry
/// @param severity whether it fails the build
/// @param span where; the innermost place in the source being compiled
/// @param message what is wrong, with the numbers that were computed
/// @param notes further lines: the cause, the chain of inlined calls
/// @param help code that would compile, or an empty string
public record Diagnostic(
    Code code, Severity severity, Span span, String message, List<String> notes, String help) {

  /// Copies the notes.
  public Diagnostic {
    notes = List.copyOf(notes);
  }

  /// An error without notes.
  public static Diagnostic error(Code code, Span span, String message, String help) {
    return new Diagnostic(code, Severity.ERROR, span, message, List.of(), help);
  }

  /// A warning without notes.
  public static Diagnostic warning(Code code, Span span, String message, String help) {
    return new Diagnostic(code, Severity.WARNING, span, message, List.of(), help);
  }

  /// One for those that differ in their notes alone, with the notes of each.
  public static List<Diagnostic> merged(List<Diagnostic> diagnostics) {
    Map<Diagnostic, Set<String>> notes = new LinkedHashMap<>();
    for (Diagnostic one : diagnostics) {
      notes.computeIfAbsent(one.with(List.of()), _ -> new LinkedHashSet<>()).addAll(one.notes);
    }
    return notes.entrySet().stream()
        .map(entry -> entry.getKey().with(List.copyOf(entry.getValue())))
        .toList();
  }

  private Diagnostic with(List<String> otherNotes) {
    return new Diagnostic(code, severity, span, message, otherNotes, help);
  }

  /// Whether it fails the build.
  public enum Severity {
    ERROR,
    WARNING
  }

  /// The text after `file:line:column: error: `: code, message, then notes and help on lines of
  /// their own.
  public String text() {
    StringBuilder text = new StringBuilder("[" + code.id() + "] " + message);
    notes.forEach(note -> text.append("\n  note: ").append(note));
    if (!help.isEmpty()) {
      text.append("\n  help: ").append(help);
    }
    return text.toString();
  }
}
