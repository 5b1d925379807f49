package org.bpf4j.packet;

/// The Internet checksum (RFC 1071).
final class Checksum {

  private Checksum() {}

  /// The checksum of parts one after the other; all but the last have an even length.
  static int of(byte[]... parts) {
    long sum = 0;
    for (byte[] part : parts) {
      for (int i = 0; i < part.length; i++) {
        sum += (part[i] & 0xffL) << (i % 2 == 0 ? 8 : 0);
      }
    }
    while (sum >>> 16 != 0) {
      sum = (sum & 0xffff) + (sum >>> 16);
    }
    return (int) ~sum & 0xffff;
  }
}
