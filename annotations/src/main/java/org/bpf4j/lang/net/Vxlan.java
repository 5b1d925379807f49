package org.bpf4j.lang.net;

import org.bpf4j.lang.At;
import org.bpf4j.lang.Be24;
import org.bpf4j.lang.BpfFunction;
import org.bpf4j.lang.Header;
import org.bpf4j.lang.U8;

/// The header of a virtual network in UDP datagrams (RFC 7348); an Ethernet frame follows.
@Header(bytes = Vxlan.BYTES)
public interface Vxlan {

  /// Its length.
  int BYTES = 8;

  /// The UDP port that it is sent to.
  int PORT = 4789;

  /// The flag in [#flags()] that makes [#networkId()] valid; it is always set.
  int NETWORK_ID_VALID = 0x08;

  /// The flags.
  @U8
  int flags();

  /// Sets [#flags()].
  void flags(int value);

  /// The number of the network, 0 to 2^24 − 1.
  @At(4)
  @Be24
  int networkId();

  /// Sets [#networkId()].
  void networkId(int value);

  /// Whether [#networkId()] is valid.
  @BpfFunction
  default boolean hasNetworkId() {
    return (flags() & NETWORK_ID_VALID) != 0;
  }
}
