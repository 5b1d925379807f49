package org.bpf4j.lang;

/// What a listing writes to.
@ContextStruct("bpf_iter_meta")
public interface IterContext extends Context {

  /// Writes text, which user space reads.
  ///
  /// @param format a constant expression with Java's `%d %x %s %c`
  /// @param args up to twelve numbers, booleans, characters, and a [BpfString] for `%s`
  void print(String format, Object... args);

  /// The number of this item, from 0: the first is where a listing writes its heading.
  long seqNum();

  /// The number of this reading, other than that of each other one since the kernel started.
  long sessionId();
}
