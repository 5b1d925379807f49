package org.bpf4j.lang.net;

import org.bpf4j.lang.At;
import org.bpf4j.lang.Be16;
import org.bpf4j.lang.Be32;
import org.bpf4j.lang.Header;
import org.bpf4j.lang.U8;

/// The header of an ICMP message (RFC 792).
@Header(bytes = Icmp.BYTES)
public interface Icmp {

  /// Its length.
  int BYTES = 8;

  /// [#type()] of an answer to a ping.
  int ECHO_REPLY = 0;

  /// [#type()] of the news that a packet did not arrive.
  int DESTINATION_UNREACHABLE = 3;

  /// [#code()] of [#DESTINATION_UNREACHABLE]: nobody listens at the port.
  int PORT_UNREACHABLE = 3;

  /// [#code()] of [#DESTINATION_UNREACHABLE]: too long for the way, and not to be fragmented.
  int FRAGMENTATION_NEEDED = 4;

  /// [#type()] of advice to use another router.
  int REDIRECT = 5;

  /// [#type()] of a ping.
  int ECHO_REQUEST = 8;

  /// [#type()] of the news that a packet ran out of hops.
  int TIME_EXCEEDED = 11;

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

  /// The checksum over the message.
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

  /// The router to use, in a [#REDIRECT].
  @At(4)
  @Be32
  int gateway();

  /// Sets [#gateway()].
  void gateway(int value);

  /// The length that would have fitted, in news of [#FRAGMENTATION_NEEDED] (RFC 1191).
  @At(6)
  @Be16
  int mtu();

  /// Sets [#mtu()].
  void mtu(int value);
}
