package org.bpf4j.lang.net;

import org.bpf4j.lang.At;
import org.bpf4j.lang.Header;
import org.bpf4j.lang.U8;

/// The TCP option that says how far [Tcp#window()] is shifted (RFC 7323); in segments with
/// [Tcp#SYN].
@Header(bytes = TcpWindowScale.BYTES)
public interface TcpWindowScale {

  /// Its length.
  int BYTES = 3;

  /// [TcpOption#WINDOW_SCALE].
  @U8
  int kind();

  /// The number of bits, 0 to 14.
  @At(2)
  @U8
  int shift();

  /// Sets [#shift()].
  void shift(int value);
}
