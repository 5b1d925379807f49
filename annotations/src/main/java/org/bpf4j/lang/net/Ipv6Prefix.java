package org.bpf4j.lang.net;

import org.bpf4j.lang.At;
import org.bpf4j.lang.Be64;
import org.bpf4j.lang.BpfFunction;
import org.bpf4j.lang.U32;

/// A range of IPv6 addresses: those that begin with the same bits. Its bytes are a key of the
/// kernel's longest-prefix maps: 20 of them, without padding.
///
/// @param length the number of leading bits that count, 0 to 128
/// @param high the first 64 bits of an address in the range
/// @param low the last 64 bits of it
public record Ipv6Prefix(@U32 int length, @At(4) @Be64 long high, @At(12) @Be64 long low) {

  /// A single address.
  @BpfFunction
  public static Ipv6Prefix of(Ipv6Address address) {
    return new Ipv6Prefix(128, address.high(), address.low());
  }

  /// Reads an address and a length with a slash between: `2001:db8::/32`; without length it is a
  /// single address. Bits that do not count are cleared.
  ///
  /// @throws IllegalArgumentException if the text is anything else
  public static Ipv6Prefix parse(String text) {
    int slash = text.indexOf('/');
    Ipv6Address address = Ipv6Address.parse(slash < 0 ? text : text.substring(0, slash));
    String bits = slash < 0 ? "128" : text.substring(slash + 1);
    if (!bits.matches("[0-9]|[1-9][0-9]|1[01][0-9]|12[0-8]")) {
      throw new IllegalArgumentException("not an IPv6 prefix: \"" + text + "\"");
    }
    int length = Integer.parseInt(bits);
    return new Ipv6Prefix(
        length, address.high() & mask(length), address.low() & mask(length - Long.SIZE));
  }

  /// Whether an address is in the range.
  @BpfFunction
  public boolean contains(Ipv6Address other) {
    return ((high ^ other.high()) & mask(length)) == 0
        && ((low ^ other.low()) & mask(length - Long.SIZE)) == 0;
  }

  /// The address and the length with a slash between.
  @Override
  public String toString() {
    return new Ipv6Address(high, low) + "/" + length;
  }

  /// The leading bits of a word, none if `bits` is negative.
  private static long mask(int bits) {
    return bits <= 0 ? 0 : bits >= Long.SIZE ? -1 : -1L << (Long.SIZE - bits);
  }
}
