package org.bpf4j.handle;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A place in an executable or library.
///
/// @param binary a path, or a name that is looked up where libraries and executables are
/// @param function a function's name, or `""` if the offset is counted from the start of the file
/// @param offset bytes behind that
public record BinaryPlace(String binary, String function, long offset) {

  /// A binary, then a function, bytes, or both; so many bytes as no file has are not read.
  private static final Pattern FORM =
      Pattern.compile(
          "(?<binary>.+):(?:(?<start>\\d{1,18})|"
              + "(?<function>[^+:0-9][^+:]*)(?:\\+(?<bytes>\\d{1,18}))?)");

  /// Reads `binary:function`, `binary:function+bytes` or `binary:bytes`.
  ///
  /// @throws IllegalArgumentException if it is none
  public static BinaryPlace parse(String text) {
    Matcher form = FORM.matcher(text);
    if (!form.matches()) {
      throw new IllegalArgumentException(
          "no place in a binary: \""
              + text
              + "\"; one is libc.so.6:malloc, app:main+16 or app:4096");
    }
    String start = form.group("start");
    String bytes = form.group("bytes");
    return start != null
        ? new BinaryPlace(form.group("binary"), "", Long.parseLong(start))
        : new BinaryPlace(
            form.group("binary"),
            form.group("function"),
            bytes == null ? 0 : Long.parseLong(bytes));
  }

  @Override
  public String toString() {
    String behind = offset == 0 && !function.isEmpty() ? "" : "+" + offset;
    return binary + ":" + function + behind;
  }
}
