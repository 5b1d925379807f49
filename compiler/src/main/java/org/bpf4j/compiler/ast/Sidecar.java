package org.bpf4j.compiler.ast;

import java.nio.charset.StandardCharsets;
import org.bpf4j.object.ObjectNote;

/// The file beside a class file that carries its BPF code to other compilations.
///
/// First a line with the format number, then the unit's text. A sidecar is code, as trusted as its
/// class file, but a damaged one is refused with a clear message.
public final class Sidecar {
  private static final String HEADER = "bpf4j-ir ";

  private Sidecar() {}

  /// The sidecar of a unit.
  public static byte[] write(Unit unit) {
    return (HEADER + ObjectNote.FORMAT + "\n" + Printer.print(unit))
        .getBytes(StandardCharsets.UTF_8);
  }

  /// Reads a sidecar.
  ///
  /// @throws IllegalArgumentException if it is damaged or of another format
  public static Unit read(byte[] bytes) {
    String text = new String(bytes, StandardCharsets.UTF_8);
    int end = text.indexOf('\n');
    if (end < 0 || !text.startsWith(HEADER)) {
      throw new IllegalArgumentException("not a bpf4j sidecar");
    }
    String format = text.substring(HEADER.length(), end);
    if (!format.equals(Integer.toString(ObjectNote.FORMAT))) {
      throw new IllegalArgumentException(
          "sidecar has format " + format + ", this compiler reads " + ObjectNote.FORMAT);
    }
    return Parser.parse(text.substring(end + 1), Unit.class);
  }
}
