package org.bpf4j.object;

/// A mainline kernel release such as 5.10, as used for floors and "since" columns.
public record KernelVersion(int major, int minor) implements Comparable<KernelVersion> {

  /// The oldest kernel that bpf4j supports.
  public static final KernelVersion FLOOR = new KernelVersion(5, 10);

  /// Reads `"5.10"`.
  ///
  /// @throws IllegalArgumentException if the text is not two numbers around a dot
  public static KernelVersion parse(String text) {
    int dot = text.indexOf('.');
    try {
      return new KernelVersion(
          Integer.parseInt(text.substring(0, Math.max(dot, 0))),
          Integer.parseInt(text.substring(dot + 1)));
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException("not a kernel version: \"" + text + "\"", e);
    }
  }

  /// The newer of the two.
  public KernelVersion max(KernelVersion other) {
    return compareTo(other) >= 0 ? this : other;
  }

  @Override
  public int compareTo(KernelVersion other) {
    return major != other.major
        ? Integer.compare(major, other.major)
        : Integer.compare(minor, other.minor);
  }

  /// The usual form: `5.10`.
  @Override
  public String toString() {
    return major + "." + minor;
  }
}
