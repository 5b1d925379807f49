package org.bpf4j.lang.net;

import org.bpf4j.lang.Be16;
import org.bpf4j.lang.BpfFunction;
import org.bpf4j.lang.Header;

/// The header of generic routing encapsulation, without its optional words (RFC 2784, RFC 2890).
///
/// A set flag says that a word of 4 bytes follows: first the checksum, then the key, then the
/// sequence number. What is carried comes behind them, at [#headerBytes()].
@Header(bytes = Gre.BYTES)
public interface Gre {

  /// Its length without optional words.
  int BYTES = 4;

  /// The flag in [#flagsAndVersion()] that announces a checksum.
  int CHECKSUM = 0x8000;

  /// The flag in [#flagsAndVersion()] that announces a key.
  int KEY = 0x2000;

  /// The flag in [#flagsAndVersion()] that announces a sequence number.
  int SEQUENCE = 0x1000;

  /// The flags in the upper bits, the version in the lower three.
  @Be16
  int flagsAndVersion();

  /// Sets [#flagsAndVersion()].
  void flagsAndVersion(int value);

  /// What is carried, as in [EtherType].
  @Be16
  int protocol();

  /// Sets [#protocol()].
  void protocol(int value);

  /// The version; 0, or 1 for the variant of PPTP (RFC 2637).
  @BpfFunction
  default int version() {
    return flagsAndVersion() & 7;
  }

  /// Whether all flags of a set are there, such as `KEY | SEQUENCE`.
  @BpfFunction
  default boolean has(int flags) {
    return (flagsAndVersion() & flags) == flags;
  }

  /// The header's length in bytes with its optional words: 4 to 16.
  @BpfFunction
  default int headerBytes() {
    int flags = flagsAndVersion();
    return BYTES + (flags >>> 15) * 4 + (flags >>> 13 & 1) * 4 + (flags >>> 12 & 1) * 4;
  }

  /// Where the key is, from the start of the header, if [#KEY] is set.
  @BpfFunction
  default int keyOffset() {
    return BYTES + (flagsAndVersion() >>> 15) * 4;
  }
}
