package org.bpf4j.lang.net;

import org.bpf4j.lang.At;
import org.bpf4j.lang.Be16;
import org.bpf4j.lang.Be32;
import org.bpf4j.lang.Header;
import org.bpf4j.lang.U8;

/// The header of an ICMPv6 message (RFC 4443).
@Header(bytes = Icmpv6.BYTES)
public interface Icmpv6 {

  /// Its length.
  int BYTES = 8;

  /// [#type()] of the news that a packet did not arrive.
  int DESTINATION_UNREACHABLE = 1;

  /// [#type()] of the news that a packet did not fit.
  int PACKET_TOO_BIG = 2;

  /// [#type()] of the news that a packet ran out of hops.
  int TIME_EXCEEDED = 3;

  /// [#type()] of a ping.
  int ECHO_REQUEST = 128;

  /// [#type()] of an answer to a ping.
  int ECHO_REPLY = 129;

  /// [#type()] of a question for routers.
  int ROUTER_SOLICITATION = 133;

  /// [#type()] of the answer to it.
  int ROUTER_ADVERTISEMENT = 134;

  /// [#type()] of a question for a link-layer address.
  int NEIGHBOR_SOLICITATION = 135;

  /// [#type()] of the answer to it.
  int NEIGHBOR_ADVERTISEMENT = 136;

  /// What it is about.
  @U8
  int type();

  /// Sets [#type()].
  void type(int value);

  /// The finer meaning, by type.
  @U8
  int code();

  /// Sets [#code()].
  void code(int value);

  /// The checksum over pseudo header and message.
  @Be16
  int checksum();

  /// Sets [#checksum()].
  void checksum(int value);

  /// The conversation that an echo belongs to; other types use these bytes for something else.
  @Be16
  int identifier();

  /// Sets [#identifier()].
  void identifier(int value);

  /// The number of an echo in its conversation; other types use these bytes for something else.
  @Be16
  int sequence();

  /// Sets [#sequence()].
  void sequence(int value);

  /// The length that would have fitted, in a [#PACKET_TOO_BIG].
  @At(4)
  @Be32
  int mtu();

  /// Sets [#mtu()].
  void mtu(int value);
}
