package org.bpf4j.lang.net;

import org.bpf4j.lang.Be16;
import org.bpf4j.lang.BpfFunction;
import org.bpf4j.lang.Header;

/// The header of a UDP datagram (RFC 768).
@Header(bytes = Udp.BYTES)
public interface Udp {

  /// Its length.
  int BYTES = 8;

  /// The sender's port.
  @Be16
  int sourcePort();

  /// Sets [#sourcePort()].
  void sourcePort(int value);

  /// The receiver's port.
  @Be16
  int destinationPort();

  /// Sets [#destinationPort()].
  void destinationPort(int value);

  /// The number of bytes, this header included.
  @Be16
  int length();

  /// Sets [#length()].
  void length(int value);

  /// The checksum over pseudo header, header and data; 0 for none over IPv4.
  @Be16
  int checksum();

  /// Sets [#checksum()].
  void checksum(int value);

  /// Turns the datagram round: source port becomes destination port. The checksum stays right.
  @BpfFunction
  default void swapPorts() {
    int destination = destinationPort();
    destinationPort(sourcePort());
    sourcePort(destination);
  }
}
