package org.bpf4j.lang.net;

import org.bpf4j.lang.Be16;
import org.bpf4j.lang.Be32;
import org.bpf4j.lang.BpfFunction;
import org.bpf4j.lang.Header;
import org.bpf4j.lang.U8;

/// The header of a TCP segment, without options (RFC 9293).
@Header(bytes = Tcp.BYTES)
public interface Tcp {

  /// Its length without options.
  int BYTES = 20;

  /// The flag in [#flags()] that ends the sender's side.
  int FIN = 0x01;

  /// The flag in [#flags()] that opens a connection.
  int SYN = 0x02;

  /// The flag in [#flags()] that resets a connection.
  int RST = 0x04;

  /// The flag in [#flags()] that asks to deliver at once.
  int PSH = 0x08;

  /// The flag in [#flags()] that makes [#acknowledgment()] valid.
  int ACK = 0x10;

  /// The flag in [#flags()] that makes [#urgentPointer()] valid.
  int URG = 0x20;

  /// The flag in [#flags()] that echoes congestion (RFC 3168).
  int ECE = 0x40;

  /// The flag in [#flags()] that says that the window was reduced (RFC 3168).
  int CWR = 0x80;

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

  /// The number of the first byte.
  @Be32
  int sequence();

  /// Sets [#sequence()].
  void sequence(int value);

  /// The number of the next byte that the sender expects.
  @Be32
  int acknowledgment();

  /// Sets [#acknowledgment()].
  void acknowledgment(int value);

  /// The header's length in words in the upper half; the lower is reserved.
  @U8
  int dataOffset();

  /// Sets [#dataOffset()].
  void dataOffset(int value);

  /// The flags: [#FIN] to [#CWR].
  @U8
  int flags();

  /// Sets [#flags()].
  void flags(int value);

  /// The number of bytes that the sender can take, before scaling.
  @Be16
  int window();

  /// Sets [#window()].
  void window(int value);

  /// The checksum over pseudo header, header and data.
  @Be16
  int checksum();

  /// Sets [#checksum()].
  void checksum(int value);

  /// The end of urgent data.
  @Be16
  int urgentPointer();

  /// Sets [#urgentPointer()].
  void urgentPointer(int value);

  /// The header's length in bytes with options: 0 to 60; less than 20 is malformed.
  @BpfFunction
  default int headerBytes() {
    return (dataOffset() >>> 4) * 4;
  }

  /// Whether all flags of a set are there, such as `SYN | ACK`.
  @BpfFunction
  default boolean has(int flags) {
    return (flags() & flags) == flags;
  }

  /// Turns the segment round: source port becomes destination port. The checksum stays right.
  @BpfFunction
  default void swapPorts() {
    int destination = destinationPort();
    destinationPort(sourcePort());
    sourcePort(destination);
  }
}
