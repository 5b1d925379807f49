package org.bpf4j.compiler.diagnostic;

/// A stretch of source text.
///
/// Columns count UTF-16 units from 1, as javac does; the end is exclusive. The file is named
/// relative to its source root (`com/example/Firewall.java`), so that the same source compiled in
/// another directory gives the same bytes.
///
/// @param file the source file
/// @param line the first line, from 1
/// @param column the first column, from 1
/// @param endLine the last line
/// @param endColumn the column behind the last character
public record Span(String file, int line, int column, int endLine, int endColumn) {

  /// A place that has no source, such as the implicit return at a method's end.
  public static final Span NONE = new Span("", 0, 0, 0, 0);

  /// `file:line:column`.
  @Override
  public String toString() {
    return file + ":" + line + ":" + column;
  }
}
