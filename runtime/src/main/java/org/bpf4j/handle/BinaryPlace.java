package org.bpf4j.handle;

/// A place in an executable or library.
///
/// @param binary a path, or a name that is looked up where libraries and executables are
/// @param function a function's name, or `""` if the offset is counted from the start of the file
/// @param offset bytes behind that
public record BinaryPlace(String binary, String function, long offset) {

  /// Reads `binary:function`, `binary:function+bytes` or `binary:bytes`.
  ///
  /// @throws IllegalArgumentException if it is none
  public static BinaryPlace parse(String text) {
    int colon = text.lastIndexOf(':');
    if (colon < 0) {
      throw new IllegalArgumentException("not binary:function: " + text);
    }
    String binary = text.substring(0, colon);
    String place = text.substring(colon + 1);
    int plus = place.lastIndexOf('+');
    if (plus < 0) {
      return place.matches("\\d+")
          ? new BinaryPlace(binary, "", Long.parseLong(place))
          : new BinaryPlace(binary, place, 0);
    }
    return new BinaryPlace(
        binary, place.substring(0, plus), Long.parseLong(place.substring(plus + 1)));
  }

  @Override
  public String toString() {
    String behind = offset == 0 && !function.isEmpty() ? "" : "+" + offset;
    return binary + ":" + function + behind;
  }
}
