package org.bpf4j.lang.net;

import org.bpf4j.lang.At;
import org.bpf4j.lang.Be16;
import org.bpf4j.lang.Be32;
import org.bpf4j.lang.BpfFunction;
import org.bpf4j.lang.Header;
import org.bpf4j.lang.U8;

/// The extension header of a fragment of an IPv6 packet (RFC 8200).
@Header(bytes = Ipv6Fragment.BYTES)
public interface Ipv6Fragment {

  /// Its length.
  int BYTES = 8;

  /// What follows, as in [IpProtocol]; in a later fragment, what the packet's first one has.
  @U8
  int nextHeader();

  /// Sets [#nextHeader()].
  void nextHeader(int value);

  /// The position in units of 8 bytes in the upper 13 bits; the lowest says that more follow.
  @At(2)
  @Be16
  int fragment();

  /// Sets [#fragment()].
  void fragment(int value);

  /// What the fragments of one packet have in common.
  @Be32
  int identification();

  /// Sets [#identification()].
  void identification(int value);

  /// The position of this fragment in bytes.
  @BpfFunction
  default int offset() {
    return fragment() & 0xfff8;
  }

  /// Whether more fragments follow.
  @BpfFunction
  default boolean hasMore() {
    return (fragment() & 1) != 0;
  }

  /// Whether it is not the first: no further header follows.
  @BpfFunction
  default boolean isLaterFragment() {
    return offset() != 0;
  }
}
