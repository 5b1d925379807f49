package org.bpf4j.lang.net;

import org.bpf4j.lang.Be16;
import org.bpf4j.lang.Be32;
import org.bpf4j.lang.BpfFunction;
import org.bpf4j.lang.Header;
import org.bpf4j.lang.U8;

/// The header of an IPv4 packet, without options (RFC 791).
@Header(bytes = Ipv4.BYTES)
public interface Ipv4 {

  /// Its length without options.
  int BYTES = 20;

  /// The flag in [#fragment()] that forbids to fragment.
  int DONT_FRAGMENT = 0x4000;

  /// The flag in [#fragment()] that says that more fragments follow.
  int MORE_FRAGMENTS = 0x2000;

  /// The version, 4, in the upper half, and the header's length in words in the lower.
  @U8
  int versionAndLength();

  /// Sets [#versionAndLength()].
  void versionAndLength(int value);

  /// The service class and the congestion bits.
  @U8
  int typeOfService();

  /// Sets [#typeOfService()].
  void typeOfService(int value);

  /// The packet's length in bytes, this header included.
  @Be16
  int totalLength();

  /// Sets [#totalLength()].
  void totalLength(int value);

  /// What the fragments of one packet have in common.
  @Be16
  int identification();

  /// Sets [#identification()].
  void identification(int value);

  /// Three flags and, in the lower 13 bits, the fragment's position in units of 8 bytes.
  @Be16
  int fragment();

  /// Sets [#fragment()].
  void fragment(int value);

  /// The number of hops that are left.
  @U8
  int ttl();

  /// Sets [#ttl()]; the checksum is not adjusted.
  void ttl(int value);

  /// What follows, as in [IpProtocol].
  @U8
  int protocol();

  /// Sets [#protocol()].
  void protocol(int value);

  /// The checksum over the header.
  @Be16
  int checksum();

  /// Sets [#checksum()].
  void checksum(int value);

  /// Where the packet comes from.
  @Be32
  int source();

  /// Sets [#source()].
  void source(int value);

  /// Where it goes.
  @Be32
  int destination();

  /// Sets [#destination()].
  void destination(int value);

  /// The version; 4 in an IPv4 packet.
  @BpfFunction
  default int version() {
    return versionAndLength() >>> 4;
  }

  /// The header's length in bytes with options: 0 to 60; less than 20 is malformed.
  @BpfFunction
  default int headerBytes() {
    return (versionAndLength() & 15) * 4;
  }

  /// Whether the packet is a fragment, and not the first: no further header follows.
  @BpfFunction
  default boolean isLaterFragment() {
    return (fragment() & 0x1fff) != 0;
  }

  /// Turns the packet round: source becomes destination. The checksum stays right.
  @BpfFunction
  default void swapAddresses() {
    int destination = destination();
    destination(source());
    source(destination);
  }
}
