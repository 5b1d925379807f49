package org.bpf4j.sys;

import java.nio.file.Path;
import java.util.List;

/// The file systems that are mounted where this process sees them (`/proc/self/mountinfo`).
public final class MountTable {

  private static final Path TABLE = Path.of("/proc/self/mountinfo");

  private MountTable() {}

  /// Where file systems of a type are mounted.
  ///
  /// @param type such as `bpf`, `cgroup2` or `tracefs`
  public static List<Path> folders(String type) {
    return KernelFiles.text(TABLE)
        .orElse("")
        .lines()
        .map(line -> line.split(" "))
        .filter(words -> isOf(words, type))
        .map(words -> Path.of(unescape(words[4])))
        .distinct()
        .toList();
  }

  /// The type stands behind a dash, before which there may be any number of words.
  private static boolean isOf(String[] words, String type) {
    for (int i = 6; i < words.length - 1; i++) {
      if (words[i].equals("-")) {
        return words[i + 1].equals(type);
      }
    }
    return false;
  }

  /// Blanks and the like are written as `\040`.
  static String unescape(String text) {
    StringBuilder plain = new StringBuilder();
    for (int i = 0; i < text.length(); i++) {
      if (text.charAt(i) == '\\' && i + 3 < text.length()) {
        plain.append((char) Integer.parseInt(text.substring(i + 1, i + 4), 8));
        i += 3;
      } else {
        plain.append(text.charAt(i));
      }
    }
    return plain.toString();
  }
}
