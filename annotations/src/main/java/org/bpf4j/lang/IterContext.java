package org.bpf4j.lang;

/// What a listing writes to.
@ContextStruct("bpf_iter_meta")
public interface IterContext extends Context {

  /// Writes text, which user space reads.
  ///
  /// @param format a constant expression with Java's `%d %x %s %c`
  /// @param args up to twelve numbers, booleans, characters, and a [BpfString] for `%s`
  void print(String format, Object... args);
}
