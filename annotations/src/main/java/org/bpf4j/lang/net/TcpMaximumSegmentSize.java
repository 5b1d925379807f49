package org.bpf4j.lang.net;

import org.bpf4j.lang.At;
import org.bpf4j.lang.Be16;
import org.bpf4j.lang.Header;
import org.bpf4j.lang.U8;

/// The TCP option that says what a receiver takes at once; in segments with [Tcp#SYN].
@Header(bytes = TcpMaximumSegmentSize.BYTES)
public interface TcpMaximumSegmentSize {

  /// Its length.
  int BYTES = 4;

  /// [TcpOption#MAXIMUM_SEGMENT_SIZE].
  @U8
  int kind();

  /// The most bytes of data in a segment.
  @At(2)
  @Be16
  int size();

  /// Sets [#size()].
  void size(int value);
}
