package org.bpf4j.lang;

/// The flow that a packet belongs to.
@ContextStruct("bpf_flow_keys")
public interface FlowKeys {

  /// Where the network header begins.
  @U16
  @At(0)
  int networkOffset();

  /// Sets [#networkOffset()].
  void networkOffset(int value);

  /// Where the transport header begins.
  @U16
  @At(2)
  int transportOffset();

  /// Sets [#transportOffset()].
  void transportOffset(int value);

  /// Which addresses are set, as in [org.bpf4j.lang.net.EtherType].
  @U16
  @At(4)
  int addressProtocol();

  /// Sets [#addressProtocol()].
  void addressProtocol(int value);

  /// Whether the packet is a fragment: 1, or else 0.
  @U8
  @At(6)
  int fragment();

  /// Sets [#fragment()].
  void fragment(int value);

  /// Whether it is the first one: 1, or else 0.
  @U8
  @At(7)
  int firstFragment();

  /// Sets [#firstFragment()].
  void firstFragment(int value);

  /// Whether it is inside of another: 1, or else 0.
  @U8
  @At(8)
  int encapsulated();

  /// Sets [#encapsulated()].
  void encapsulated(int value);

  /// The protocol of the transport layer, as in [org.bpf4j.lang.net.IpProtocol].
  @U8
  @At(9)
  int protocol();

  /// Sets [#protocol()].
  void protocol(int value);

  /// The protocol of the network layer, as in [org.bpf4j.lang.net.EtherType].
  @Be16
  @At(10)
  int networkProtocol();

  /// Sets [#networkProtocol()].
  void networkProtocol(int value);

  /// The sender's port.
  @Be16
  @At(12)
  int sourcePort();

  /// Sets [#sourcePort()].
  void sourcePort(int value);

  /// The receiver's port.
  @Be16
  @At(14)
  int destinationPort();

  /// Sets [#destinationPort()].
  void destinationPort(int value);

  /// The sender's address, of IPv4.
  @Be32
  @At(16)
  int source();

  /// Sets [#source()].
  void source(int value);

  /// The receiver's address, of IPv4.
  @Be32
  @At(20)
  int destination();

  /// Sets [#destination()].
  void destination(int value);

  /// What the kernel wants to know (`BPF_FLOW_DISSECTOR_F_*`).
  @U32
  @At(48)
  int flags();

  /// The flow label, of IPv6.
  @Be32
  @At(52)
  int flowLabel();

  /// Sets [#flowLabel()].
  void flowLabel(int value);
}
