package org.bpf4j.handle;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A place in an executable or library.
///
/// @param binary a path, or a name that is looked up where libraries and executables are
/// @param function a function's name, of which `@` and a version may be a part, such as
///   `pthread_create@GLIBC_2.34`; or `*` and the address that the code has in the file's symbols,
///   such as `*0x401136`; or `""` if the offset is counted from the start of the file
/// @param offset bytes behind that
public record BinaryPlace(String binary, String function, long offset) {

  /// Decimal, or hexadecimal behind `0x`.
  private static final String NUMBER = "0x[0-9a-fA-F]{1,15}|\\d{1,18}";

  /// A binary, then a function, bytes, or both; so many bytes as no file has are not read.
  private static final Pattern FORM =
      Pattern.compile(
          "(?<binary>.+):(?:(?<start>"
              + NUMBER
              + ")|"
              + "(?<function>[^+:0-9][^+:]*)(?:\\+(?<bytes>"
              + NUMBER
              + "))?)");

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
        ? new BinaryPlace(form.group("binary"), "", number(start))
        : new BinaryPlace(
            form.group("binary"), form.group("function"), bytes == null ? 0 : number(bytes));
  }

  private static long number(String text) {
    return text.startsWith("0x")
        ? Long.parseLong(text, 2, text.length(), 16)
        : Long.parseLong(text);
  }

  @Override
  public String toString() {
    return binary + ":" + (function.isEmpty() ? "" + offset : function + behind());
  }

  private String behind() {
    return offset == 0 ? "" : "+" + offset;
  }
}
