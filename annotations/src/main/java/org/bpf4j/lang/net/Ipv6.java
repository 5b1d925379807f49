package org.bpf4j.lang.net;

import org.bpf4j.lang.Be16;
import org.bpf4j.lang.Be32;
import org.bpf4j.lang.BpfFunction;
import org.bpf4j.lang.Header;
import org.bpf4j.lang.U8;

/// The header of an IPv6 packet, without extension headers (RFC 8200).
@Header(bytes = Ipv6.BYTES)
public interface Ipv6 {

  /// Its length.
  int BYTES = 40;

  /// The version, the traffic class and the flow label in one number.
  @Be32
  int versionClassAndFlow();

  /// Sets [#versionClassAndFlow()].
  void versionClassAndFlow(int value);

  /// The number of bytes behind this header.
  @Be16
  int payloadLength();

  /// Sets [#payloadLength()].
  void payloadLength(int value);

  /// What follows, as in [IpProtocol].
  @U8
  int nextHeader();

  /// Sets [#nextHeader()].
  void nextHeader(int value);

  /// The number of hops that are left.
  @U8
  int hopLimit();

  /// Sets [#hopLimit()].
  void hopLimit(int value);

  /// Where the packet comes from.
  Ipv6Address source();

  /// Sets [#source()].
  void source(Ipv6Address value);

  /// Where it goes.
  Ipv6Address destination();

  /// Sets [#destination()].
  void destination(Ipv6Address value);

  /// The version; 6 in an IPv6 packet.
  @BpfFunction
  default int version() {
    return versionClassAndFlow() >>> 28;
  }

  /// The service class and the congestion bits.
  @BpfFunction
  default int trafficClass() {
    return versionClassAndFlow() >>> 20 & 0xff;
  }

  /// The flow label, 0 to 2^20 − 1.
  @BpfFunction
  default int flowLabel() {
    return versionClassAndFlow() & 0xfffff;
  }

  /// Sets version 6, service class and flow label in one.
  ///
  /// @param trafficClass 0 to 255
  /// @param flowLabel 0 to 2^20 − 1
  @BpfFunction
  default void versionClassAndFlow(int trafficClass, int flowLabel) {
    versionClassAndFlow(6 << 28 | (trafficClass & 0xff) << 20 | (flowLabel & 0xfffff));
  }

  /// Turns the packet round: source becomes destination. Checksums of upper layers stay right.
  @BpfFunction
  default void swapAddresses() {
    Ipv6Address destination = destination();
    destination(source());
    source(destination);
  }
}
