package org.bpf4j.lang.net;

/// The text of an IPv4 address, which programs have as an `int`.
public final class Ipv4Address {

  private Ipv4Address() {}

  /// Reads four decimal numbers with dots between: `10.0.0.1`.
  ///
  /// @throws IllegalArgumentException if the text is anything else
  public static int parse(String text) {
    String[] parts = text.split("\\.", -1);
    int address = 0;
    for (String part : parts) {
      if (parts.length != 4 || !part.matches("0|[1-9][0-9]{0,2}") || Integer.parseInt(part) > 255) {
        throw new IllegalArgumentException("not an IPv4 address: \"" + text + "\"");
      }
      address = address << 8 | Integer.parseInt(part);
    }
    return address;
  }

  /// Four decimal numbers with dots between.
  public static String toString(int address) {
    return (address >>> 24)
        + "."
        + (address >>> 16 & 0xff)
        + "."
        + (address >>> 8 & 0xff)
        + "."
        + (address & 0xff);
  }
}
