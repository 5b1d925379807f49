package org.bpf4j.lang.net;

import org.bpf4j.lang.At;
import org.bpf4j.lang.Be32;
import org.bpf4j.lang.Header;
import org.bpf4j.lang.U8;

/// The TCP option that carries the clocks of both sides (RFC 7323).
@Header(bytes = TcpTimestamps.BYTES)
public interface TcpTimestamps {

  /// Its length.
  int BYTES = 10;

  /// [TcpOption#TIMESTAMPS].
  @U8
  int kind();

  /// The sender's clock.
  @At(2)
  @Be32
  int value();

  /// Sets [#value()].
  void value(int value);

  /// The receiver's clock as it came last.
  @Be32
  int echo();

  /// Sets [#echo()].
  void echo(int value);
}
