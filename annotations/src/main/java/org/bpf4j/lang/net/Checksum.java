package org.bpf4j.lang.net;

import org.bpf4j.lang.BpfFunction;

/// The Internet checksum (RFC 1071): the complement of the one's complement sum of 16-bit words.
///
/// A sum is an `int` that collects words and is folded at the end; as an unsigned number it holds
/// 65,537 words. A checksum is 0 to 65,535, in host order, as the views of this package give it.
public final class Checksum {

  private Checksum() {}

  /// The checksum after one 16-bit word of what it covers has changed (RFC 1624).
  ///
  /// @param checksum the checksum before
  /// @param from the word before
  /// @param to the word now
  @BpfFunction
  public static int replace16(int checksum, int from, int to) {
    return finish((~checksum & 0xffff) + (~from & 0xffff) + (to & 0xffff));
  }

  /// The checksum after two adjacent 16-bit words of what it covers, such as an IPv4 address, have
  /// changed.
  ///
  /// @param checksum the checksum before
  /// @param from the words before
  /// @param to the words now
  @BpfFunction
  public static int replace32(int checksum, int from, int to) {
    return finish(add32(add32(~checksum & 0xffff, ~from), to));
  }

  /// The checksum after four adjacent 16-bit words of what it covers have changed.
  ///
  /// @param checksum the checksum before
  /// @param from the words before
  /// @param to the words now
  @BpfFunction
  public static int replace64(int checksum, long from, long to) {
    return finish(add64(add64(~checksum & 0xffff, ~from), to));
  }

  /// The checksum after an IPv6 address that it covers has changed.
  ///
  /// @param checksum the checksum before
  /// @param from the address before
  /// @param to the address now
  @BpfFunction
  public static int replace(int checksum, Ipv6Address from, Ipv6Address to) {
    return replace64(replace64(checksum, from.high(), to.high()), from.low(), to.low());
  }

  /// The checksum of what was summed.
  @BpfFunction
  public static int finish(int sum) {
    return ~fold(sum) & 0xffff;
  }

  /// A sum with its carries added back: 0 to 65,535.
  @BpfFunction
  public static int fold(int sum) {
    int once = (sum & 0xffff) + (sum >>> 16);
    return (once & 0xffff) + (once >>> 16);
  }

  /// A sum with two words more.
  @BpfFunction
  public static int add32(int sum, int words) {
    return sum + (words >>> 16) + (words & 0xffff);
  }

  /// A sum with four words more, such as half an IPv6 address.
  @BpfFunction
  public static int add64(int sum, long words) {
    return add32(add32(sum, (int) (words >>> 32)), (int) words);
  }

  /// The checksum of an IPv4 header of 20 bytes; the checksum that stands in it does not count.
  @BpfFunction
  public static int of(Ipv4 header) {
    int sum = (header.versionAndLength() << 8) + header.typeOfService();
    sum += header.totalLength() + header.identification() + header.fragment();
    sum += (header.ttl() << 8) + header.protocol();
    return finish(add32(add32(sum, header.source()), header.destination()));
  }

  /// The sum of the pseudo header that UDP and TCP over IPv4 cover.
  ///
  /// @param source the source address
  /// @param destination the destination address
  /// @param protocol [IpProtocol#UDP] or [IpProtocol#TCP]
  /// @param length the bytes from the transport header on
  @BpfFunction
  public static int pseudo(int source, int destination, int protocol, int length) {
    return add32(add32(protocol + length, source), destination);
  }

  /// The sum of the pseudo header that upper layers of IPv6 cover (RFC 8200 §8.1).
  ///
  /// @param source the source address
  /// @param destination the destination address
  /// @param protocol such as [IpProtocol#TCP] or [IpProtocol#ICMPV6]
  /// @param length the bytes from the upper layer's header on
  @BpfFunction
  public static int pseudo(Ipv6Address source, Ipv6Address destination, int protocol, int length) {
    int from = add64(add64(protocol, source.high()), source.low());
    return add32(add64(add64(from, destination.high()), destination.low()), length);
  }
}
