package org.bpf4j.handle;

/// A function of a call stack that is kept as places in files
/// (`org.bpf4j.lang.MapFlag.STACK_BUILD_ID`).
public sealed interface StackFrame {

  /// A place in a file that has a build id: the same in every process that maps the file.
  ///
  /// @param buildId the file's GNU build id, 20 bytes in hexadecimal digits as `readelf -n` shows
  ///   it; shorter ones end with zeroes
  /// @param offset the bytes from the start of the file
  record InFile(String buildId, long offset) implements StackFrame {}

  /// An address, where there is no such file: in code that was compiled at run time, in the kernel,
  /// and whenever the kernel could not look without waiting.
  ///
  /// @param address the address in the process's memory
  record Address(long address) implements StackFrame {}
}
