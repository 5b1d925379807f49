package org.bpf4j.lang.net;

import org.bpf4j.lang.Be16;
import org.bpf4j.lang.Be32;
import org.bpf4j.lang.Header;
import org.bpf4j.lang.U8;

/// An address resolution message for Ethernet and IPv4 (RFC 826).
@Header(bytes = Arp.BYTES)
public interface Arp {

  /// Its length.
  int BYTES = 28;

  /// [#operation()] of a question.
  int REQUEST = 1;

  /// [#operation()] of an answer.
  int REPLY = 2;

  /// The link layer; 1 is Ethernet.
  @Be16
  int hardwareType();

  /// Sets [#hardwareType()].
  void hardwareType(int value);

  /// The network layer, as in [EtherType].
  @Be16
  int protocolType();

  /// Sets [#protocolType()].
  void protocolType(int value);

  /// The length of a link-layer address; 6 for Ethernet.
  @U8
  int hardwareLength();

  /// Sets [#hardwareLength()].
  void hardwareLength(int value);

  /// The length of a network address; 4 for IPv4.
  @U8
  int protocolLength();

  /// Sets [#protocolLength()].
  void protocolLength(int value);

  /// [#REQUEST] or [#REPLY].
  @Be16
  int operation();

  /// Sets [#operation()].
  void operation(int value);

  /// The sender's link-layer address.
  MacAddress senderHardware();

  /// Sets [#senderHardware()].
  void senderHardware(MacAddress value);

  /// The sender's IPv4 address.
  @Be32
  int sender();

  /// Sets [#sender()].
  void sender(int value);

  /// The target's link-layer address; unknown in a question.
  MacAddress targetHardware();

  /// Sets [#targetHardware()].
  void targetHardware(MacAddress value);

  /// The target's IPv4 address.
  @Be32
  int target();

  /// Sets [#target()].
  void target(int value);
}
