package org.bpf4j.isa;

/// A position in a function, in 8-byte slots: a wide instruction counts twice.
///
/// A type of its own, so that nobody mixes it with [ByteOffset].
public record InsnIndex(int value) implements Comparable<InsnIndex> {

  /// Checks that the position is not negative.
  public InsnIndex {
    if (value < 0) {
      throw new IllegalArgumentException("negative instruction index " + value);
    }
  }

  /// The same position in bytes: 8 a slot (RFC 9669 §3).
  public ByteOffset bytes() {
    return new ByteOffset(value * 8);
  }

  @Override
  public int compareTo(InsnIndex other) {
    return Integer.compare(value, other.value);
  }
}
