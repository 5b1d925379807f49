package org.bpf4j.sim;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;

/// The arithmetic of the kernel's checksum helpers: ones' complement sums of little-endian words.
///
/// The order of bytes does not matter to such a sum as long as it is the same everywhere.
final class InternetChecksum {

  private InternetChecksum() {}

  /// `bpf_csum_diff` as of Linux 6.13: what to add to a checksum's complement when `from` becomes
  /// `to`, folded to 16 bits. Older kernels give the same sum unfolded, and refuse sizes that are
  /// no multiple of 4.
  static long difference(byte[] from, byte[] to, int seed) {
    int sum = seed;
    if (from.length > 0 && to.length > 0) {
      sum = add(sum(to, seed), ~sum(from, 0));
    } else if (to.length > 0) {
      sum = sum(to, seed);
    } else if (from.length > 0) {
      sum = ~sum(from, ~seed);
    }
    return foldOnce(sum);
  }

  /// A checksum after four bytes (or two, extended) changed (`csum_replace4`).
  static short replace(short checksum, int from, int to) {
    return (short) ~fold(add(add(~(checksum & 0xffff), ~from), to));
  }

  /// A checksum after its data changed by a difference (`csum_replace_by_diff`).
  static short replaceBy(short checksum, int difference) {
    return (short) ~fold(add(difference, ~(checksum & 0xffff)));
  }

  private static int sum(byte[] words, int seed) {
    byte[] padded = Arrays.copyOf(words, (words.length + 3) & ~3);
    ByteBuffer buffer = ByteBuffer.wrap(padded).order(ByteOrder.LITTLE_ENDIAN);
    int sum = seed;
    while (buffer.hasRemaining()) {
      sum = add(sum, buffer.getInt());
    }
    return sum;
  }

  /// Adds with the carry brought round.
  private static int add(int a, int b) {
    long sum = Integer.toUnsignedLong(a) + Integer.toUnsignedLong(b);
    return (int) (sum + (sum >>> 32));
  }

  private static int fold(int sum) {
    int once = (sum & 0xffff) + (sum >>> 16);
    return (once & 0xffff) + (once >>> 16);
  }

  /// `csum_from32to16`.
  private static long foldOnce(int sum) {
    return Integer.toUnsignedLong((sum + (sum >>> 16 | sum << 16)) >>> 16);
  }
}
