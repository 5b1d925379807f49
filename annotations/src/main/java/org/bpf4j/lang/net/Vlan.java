package org.bpf4j.lang.net;

import org.bpf4j.lang.Be16;
import org.bpf4j.lang.BpfFunction;
import org.bpf4j.lang.Header;

/// A VLAN tag (IEEE 802.1Q), from behind the type that announced it.
@Header(bytes = Vlan.BYTES)
public interface Vlan {

  /// Its length.
  int BYTES = 4;

  /// Priority, drop eligibility and [#id] in one number.
  @Be16
  int control();

  /// Sets [#control()].
  void control(int value);

  /// What follows, as in [EtherType].
  @Be16
  int etherType();

  /// Sets [#etherType()].
  void etherType(int value);

  /// The VLAN's number, 0 to 4095.
  @BpfFunction
  default int id() {
    return control() & 0xfff;
  }

  /// The priority, 0 to 7.
  @BpfFunction
  default int priority() {
    return control() >>> 13;
  }
}
