package org.bpf4j.lang.net;

import org.bpf4j.lang.BpfFunction;
import org.bpf4j.lang.Header;
import org.bpf4j.lang.U8;

/// The beginning that all extension headers of IPv6 have in common (RFC 8200, RFC 6564).
///
/// A header is announced by the one before it; its own type is not in it, and yet its length
/// depends on it:
///
/// ```java
/// int next = ip.nextHeader();
/// int at = Ethernet.BYTES + Ipv6.BYTES;
/// for (int i = 0; i < 6 && Ipv6Extension.is(next); i++) {
///   Ipv6Extension extension = context.header(Ipv6Extension.class, at);
///   if (extension == null) {
///     return XdpAction.DROP;
///   }
///   at += extension.headerBytes(next);
///   next = extension.nextHeader();
/// }
/// ```
@Header(bytes = Ipv6Extension.BYTES)
public interface Ipv6Extension {

  /// The length of this beginning.
  int BYTES = 2;

  /// Whether a number of [IpProtocol] stands for an extension header that this view describes.
  ///
  /// Behind [IpProtocol#ESP] everything is encrypted, and behind [IpProtocol#NONE] is nothing.
  @BpfFunction
  static boolean is(int protocol) {
    return protocol == IpProtocol.HOP_BY_HOP
        || protocol == IpProtocol.ROUTING
        || protocol == IpProtocol.FRAGMENT
        || protocol == IpProtocol.AH
        || protocol == IpProtocol.DESTINATION_OPTIONS;
  }

  /// What follows, as in [IpProtocol].
  @U8
  int nextHeader();

  /// Sets [#nextHeader()].
  void nextHeader(int value);

  /// The length, in a unit that depends on the header's type; reserved in a fragment header.
  @U8
  int lengthField();

  /// Sets [#lengthField()].
  void lengthField(int value);

  /// The length of the whole extension header in bytes: 8 to 2048.
  ///
  /// @param type the header's own type, as the header before announced it
  @BpfFunction
  default int headerBytes(int type) {
    if (type == IpProtocol.FRAGMENT) {
      return Ipv6Fragment.BYTES;
    }
    return type == IpProtocol.AH ? (lengthField() + 2) * 4 : (lengthField() + 1) * 8;
  }
}
