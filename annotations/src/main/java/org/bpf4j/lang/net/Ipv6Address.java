package org.bpf4j.lang.net;

import java.net.Inet6Address;
import java.nio.ByteBuffer;
import org.bpf4j.lang.Be64;
import org.bpf4j.lang.BpfFunction;

/// An IPv6 address.
///
/// @param high its first 64 bits
/// @param low its last 64 bits
public record Ipv6Address(@Be64 long high, @Be64 long low) {

  /// Whether the packet goes to a group.
  @BpfFunction
  public boolean isMulticast() {
    return high >>> 56 == 0xff;
  }

  /// Reads the usual text: `2001:db8::1`, or `::ffff:10.0.0.1`.
  ///
  /// @throws IllegalArgumentException if the text is anything else
  public static Ipv6Address parse(String text) {
    if (text.indexOf('%') >= 0 || text.indexOf('[') >= 0) {
      throw new IllegalArgumentException("not an IPv6 address: \"" + text + "\"");
    }
    ByteBuffer bytes = ByteBuffer.wrap(Inet6Address.ofLiteral(text).getAddress());
    return bytes.remaining() == Integer.BYTES
        ? new Ipv6Address(0, 0xffff_0000_0000L | Integer.toUnsignedLong(bytes.getInt()))
        : new Ipv6Address(bytes.getLong(), bytes.getLong());
  }

  /// The usual text, the longest run of zeroes left out (RFC 5952).
  @Override
  public String toString() {
    int start = 0;
    int length = 1;
    for (int from = 0; from < 8; from++) {
      int to = from;
      while (to < 8 && group(to) == 0) {
        to++;
      }
      if (to - from > length) {
        start = from;
        length = to - from;
      }
    }
    return length == 1 ? groups(0, 8) : groups(0, start) + "::" + groups(start + length, 8);
  }

  private int group(int index) {
    return (int) ((index < 4 ? high : low) >>> (48 - index % 4 * 16)) & 0xffff;
  }

  private String groups(int from, int to) {
    StringBuilder text = new StringBuilder();
    for (int i = from; i < to; i++) {
      text.append(i == from ? "" : ":").append(Integer.toHexString(group(i)));
    }
    return text.toString();
  }
}
