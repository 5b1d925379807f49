package org.bpf4j.isa;

/// A position in a section or a struct, in bytes.
public record ByteOffset(int value) implements Comparable<ByteOffset> {

  /// Checks that the position is not negative.
  public ByteOffset {
    if (value < 0) {
      throw new IllegalArgumentException("negative byte offset " + value);
    }
  }

  @Override
  public int compareTo(ByteOffset other) {
    return Integer.compare(value, other.value);
  }
}
