package org.bpf4j.btf;

import java.nio.ByteBuffer;
import java.util.Arrays;
import org.bpf4j.isa.MalformedObjectException;

/// Where the types of a `.BTF` section start, and how many they are.
///
/// They are found in short runs: the JIT compiler takes over a method that was called a hundred
/// times, with all it calls, long before it takes over a loop.
final class BtfStarts {

  private static final int RUN = 16;

  /// About what a type of a kernel takes, so that few places are left over.
  private static final int USUAL_BYTES = 2 * BtfFormat.TYPE_BYTES;

  private final byte[] types;
  private final int origin;
  private final int bytes;
  private int[] places;
  private int count;
  private int at;

  private BtfStarts(ByteBuffer types) {
    this.types = types.array();
    origin = types.arrayOffset();
    bytes = types.capacity();
    places = new int[types.capacity() / USUAL_BYTES + RUN];
  }

  /// Finds all.
  ///
  /// @throws MalformedObjectException if a type leaves the section or is of an unknown kind
  static BtfStarts of(ByteBuffer types) {
    BtfStarts starts = new BtfStarts(types);
    while (starts.at < starts.bytes) {
      starts.run();
    }
    return starts;
  }

  /// The places in the section, at least as many as there are types.
  int[] places() {
    return places;
  }

  int count() {
    return count;
  }

  private void run() {
    if (places.length - count < RUN) {
      places = Arrays.copyOf(places, 2 * places.length);
    }
    int from = at;
    for (int i = 0; i < RUN && from < bytes; i++) {
      places[count++] = from;
      int info = origin + from + 4;
      int room = bytes - from - BtfFormat.TYPE_BYTES;
      int tail =
          room < 0
              ? -1
              : BtfFormat.tailBytes(
                  types[info + 3] & 0x1f, types[info] & 0xff | (types[info + 1] & 0xff) << 8);
      if (tail < 0 || tail > room) {
        throw malformed(room, types[Math.min(info + 3, types.length - 1)] & 0x1f, tail);
      }
      from += BtfFormat.TYPE_BYTES + tail;
    }
    at = from;
  }

  private MalformedObjectException malformed(int room, int kind, int tail) {
    return new MalformedObjectException(
        "BTF type "
            + count
            + (room >= 0 && tail < 0 ? " has unknown kind " + kind : " is cut off"));
  }
}
