package org.bpf4j.lang;

import java.nio.charset.StandardCharsets;

/// A string in the kernel's memory, such as the file name in a tracepoint's arguments.
///
/// It can be compared and printed where it is; for all else it is copied into a [BpfString], since
/// a program reads the kernel's texts only as far as it has room. One that the kernel cannot read
/// is empty.
public interface KernelString {

  /// Copies the string, or as much of it as fits with a terminating zero; the rest is set to zero.
  ///
  /// @return the bytes that were copied, without the zero: the length of the text, unless it was
  ///   cut off
  int copyTo(BpfString to);

  /// Whether the text is the same as that one.
  ///
  /// @param text a constant expression, if called in a program
  default boolean contentEquals(String text) {
    BpfString start = BpfString.ofSize(text.getBytes(StandardCharsets.UTF_8).length + 2);
    copyTo(start);
    return start.contentEquals(text);
  }

  /// Whether the text begins with that one.
  ///
  /// @param prefix a constant expression, if called in a program
  default boolean startsWith(String prefix) {
    BpfString start = BpfString.ofSize(prefix.getBytes(StandardCharsets.UTF_8).length + 1);
    copyTo(start);
    return start.startsWith(prefix);
  }

  /// Whether there is no text.
  default boolean isEmpty() {
    return contentEquals("");
  }
}
