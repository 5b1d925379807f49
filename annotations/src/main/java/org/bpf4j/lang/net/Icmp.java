package org.bpf4j.lang.net;

import org.bpf4j.lang.Be16;
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
}
