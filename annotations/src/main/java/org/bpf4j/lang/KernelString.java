package org.bpf4j.lang;

/// A string in the kernel's memory, such as the file name in a tracepoint's arguments.
///
/// It can be copied, and that is all: its length is not known before.
public interface KernelString {

  /// Copies the string, or as much of it as fits with a terminating zero; the rest is set to zero.
  ///
  /// If the kernel cannot read it, the result is empty.
  void copyTo(BpfString to);
}
