package org.bpf4j.lang.net;

import org.bpf4j.lang.Be32;
import org.bpf4j.lang.BpfFunction;
import org.bpf4j.lang.U32;

/// A range of IPv4 addresses: those that begin with the same bits. Its bytes are a key of the
/// kernel's longest-prefix maps.
///
/// @param length the number of leading bits that count, 0 to 32
/// @param address an address in the range
public record Ipv4Prefix(@U32 int length, @Be32 int address) {

  /// A single address.
  @BpfFunction
  public static Ipv4Prefix of(int address) {
    return new Ipv4Prefix(32, address);
  }

  /// Reads an address and a length with a slash between: `10.0.0.0/8`; without length it is a
  /// single address. Bits that do not count are cleared.
  ///
  /// @throws IllegalArgumentException if the text is anything else
  public static Ipv4Prefix parse(String text) {
    int slash = text.indexOf('/');
    int address = Ipv4Address.parse(slash < 0 ? text : text.substring(0, slash));
    String bits = slash < 0 ? "32" : text.substring(slash + 1);
    if (!bits.matches("[0-9]|[12][0-9]|3[0-2]")) {
      throw new IllegalArgumentException("not an IPv4 prefix: \"" + text + "\"");
    }
    int length = Integer.parseInt(bits);
    return new Ipv4Prefix(length, address & mask(length));
  }

  /// Whether an address is in the range.
  @BpfFunction
  public boolean contains(int other) {
    return ((address ^ other) & mask(length)) == 0;
  }

  /// The address and the length with a slash between.
  @Override
  public String toString() {
    return Ipv4Address.toString(address) + "/" + length;
  }

  private static int mask(int length) {
    return length == 0 ? 0 : -1 << (32 - length);
  }
}
