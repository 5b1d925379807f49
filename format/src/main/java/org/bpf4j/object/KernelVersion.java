package org.bpf4j.object;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A mainline kernel release such as 5.10, as used for floors and "since" columns.
public record KernelVersion(int major, int minor) implements Comparable<KernelVersion> {

  /// The oldest kernel that bpf4j supports.
  public static final KernelVersion FLOOR = new KernelVersion(5, 10);

  /// What a release begins with: `6.1.0-50-cloud-amd64` is a 6.1.
  private static final Pattern RELEASE = Pattern.compile("(\\d{1,6})\\.(\\d{1,6})(\\D.*)?");

  /// That of this machine; empty where it does not run Linux.
  ///
  /// Distributions bring features to old releases: what can be tried is better tried.
  public static Optional<KernelVersion> running() {
    Matcher release = RELEASE.matcher(System.getProperty("os.version", ""));
    return System.getProperty("os.name", "").equals("Linux") && release.matches()
        ? Optional.of(parse(release.group(1) + "." + release.group(2)))
        : Optional.empty();
  }

  /// Whether this machine's kernel is known to be older.
  public boolean isNewerThanRunning() {
    return running().filter(kernel -> kernel.compareTo(this) < 0).isPresent();
  }

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
