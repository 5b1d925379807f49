package org.bpf4j.btf;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;

/// A BTF string section under construction: each text once, in order of first addition.
///
/// Also the home of what `.BTF.ext` names: source lines, files, sections and access paths.
public final class BtfStrings {

  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private final Map<String, Integer> offsets = new HashMap<>();

  /// Starts a section with the empty string, which has offset 0.
  public BtfStrings() {
    add("");
  }

  /// Adds a text, or finds it, and returns its offset.
  ///
  /// @throws IllegalArgumentException if it contains NUL, which ends a string
  public int add(String text) {
    return offsets.computeIfAbsent(text, this::append);
  }

  private int append(String text) {
    if (text.indexOf('\0') >= 0) {
      throw new IllegalArgumentException("a BTF string cannot contain NUL: " + text);
    }
    int offset = bytes.size();
    bytes.writeBytes(text.getBytes(StandardCharsets.UTF_8));
    bytes.write(0);
    return offset;
  }

  /// The section's bytes so far.
  public byte[] bytes() {
    return bytes.toByteArray();
  }
}
