package org.bpf4j.btf;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import org.bpf4j.isa.MalformedObjectException;
import org.jspecify.annotations.Nullable;

/// A section of NUL-terminated texts, each decoded once.
///
/// Compilers write each text once, so what is decoded has about the size of the section. Offsets
/// that make texts overlap could ask for a square of that; more than twice the section is refused.
public final class StringSection {

  private final String what;
  private final ByteBuffer section;
  private final @Nullable StringSection base;
  private final Map<Integer, String> known = new HashMap<>();
  private long budget;

  /// Reads from a section's bytes.
  ///
  /// @param what the section's name, for messages
  /// @param section the bytes from 0 to the capacity of a heap buffer, which is not changed
  public StringSection(String what, ByteBuffer section) {
    this(what, section, null);
  }

  /// Reads from a section whose offsets go on behind those of another.
  StringSection(String what, ByteBuffer section, @Nullable StringSection base) {
    this.what = what;
    this.section = section;
    this.base = base;
    budget = 2L * section.capacity();
  }

  /// The text that starts at an offset; offset 0 is the empty text by convention.
  ///
  /// @throws MalformedObjectException if the offset is outside, or the text does not end
  public String at(int offset) {
    if (offset == 0) {
      return "";
    }
    if (base != null && offset > 0) {
      int before = base.section.capacity();
      return offset < before ? base.at(offset) : own(offset - before);
    }
    return own(offset);
  }

  private String own(int offset) {
    String text = known.get(offset);
    if (text == null) {
      text = decode(offset);
      known.put(offset, text);
    }
    return text;
  }

  private String decode(int offset) {
    if (offset < 0 || offset >= section.capacity()) {
      throw new MalformedObjectException(
          "offset " + Integer.toUnsignedString(offset) + " is outside the strings of " + what);
    }
    int end = offset;
    while (end < section.capacity() && section.get(end) != 0) {
      end++;
    }
    if (end == section.capacity()) {
      throw new MalformedObjectException("the last string of " + what + " does not end");
    }
    budget -= end - offset + 1;
    if (budget < 0) {
      throw new MalformedObjectException("the strings of " + what + " overlap beyond reason");
    }
    int start = section.arrayOffset() + offset;
    return new String(section.array(), start, end - offset, StandardCharsets.UTF_8);
  }
}
