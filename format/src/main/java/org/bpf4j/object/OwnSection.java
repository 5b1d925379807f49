package org.bpf4j.object;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.bpf4j.isa.MalformedObjectException;

/// The form of bpf4j's own sections: text between two NULs, as a string table with one string.
///
/// They have the type of string tables because libbpf passes over these in silence; of any other
/// section that it does not know, it tells the user at each load.
final class OwnSection {

  private OwnSection() {}

  static ElfFile.Section write(String name, String text) {
    if (text.indexOf('\0') >= 0) {
      throw new IllegalArgumentException("NUL in " + name);
    }
    byte[] bytes = ("\0" + text + "\0").getBytes(StandardCharsets.UTF_8);
    return ElfFile.Section.of(name, ElfFile.SHT_STRTAB, 0, 1, bytes);
  }

  static List<String> lines(ElfFile.Section section) {
    byte[] bytes = section.copy();
    if (bytes.length < 2 || bytes[0] != 0 || bytes[bytes.length - 1] != 0) {
      throw new MalformedObjectException("section " + section.name() + " is no text");
    }
    return new String(bytes, 1, bytes.length - 2, StandardCharsets.UTF_8).lines().toList();
  }
}
