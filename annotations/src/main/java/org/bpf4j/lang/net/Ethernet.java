package org.bpf4j.lang.net;

import org.bpf4j.lang.Be16;
import org.bpf4j.lang.BpfFunction;
import org.bpf4j.lang.Header;

/// The header of an Ethernet frame, without VLAN tags (IEEE 802.3).
@Header(bytes = Ethernet.BYTES)
public interface Ethernet {

  /// Its length.
  int BYTES = 14;

  /// Where the frame goes.
  MacAddress destination();

  /// Sets [#destination()].
  void destination(MacAddress value);

  /// Where it comes from.
  MacAddress source();

  /// Sets [#source()].
  void source(MacAddress value);

  /// What follows, as in [EtherType].
  @Be16
  int etherType();

  /// Sets [#etherType()].
  void etherType(int value);

  /// Turns the frame round: source becomes destination.
  @BpfFunction
  default void swapAddresses() {
    MacAddress destination = destination();
    destination(source());
    source(destination);
  }
}
