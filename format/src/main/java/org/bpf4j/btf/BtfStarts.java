package org.bpf4j.btf;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.stream.IntStream;
import org.bpf4j.isa.MalformedObjectException;

/// Where the types of a `.BTF` section start, how many they are, and which of them CO-RE finds by
/// name: all kinds with names but functions, which are most of a kernel's 71,000 names.
///
/// They are found in short runs: the JIT compiler takes over a method that was called a hundred
/// times, with all it calls, long before it takes over a loop.
final class BtfStarts {

  private static final int RUN = 16;

  /// The kinds that are not among [#named()], a bit for each: those without names, and functions.
  private static final int UNNAMED =
      1 << BtfFormat.PTR
          | 1 << BtfFormat.ARRAY
          | 1 << BtfFormat.VOLATILE
          | 1 << BtfFormat.CONST
          | 1 << BtfFormat.RESTRICT
          | 1 << BtfFormat.FUNC_PROTO
          | 1 << BtfFormat.FUNC;

  /// About what a type of a kernel takes, so that few places are left over.
  private static final int USUAL_BYTES = 2 * BtfFormat.TYPE_BYTES;

  private final byte[] types;
  private final int origin;
  private final int bytes;
  private int[] places;
  private int count;
  private int[] named = new int[RUN];
  private int namedCount;
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

  /// The numbers of types of kinds with names but functions, from 0 and ascending.
  int[] named() {
    return Arrays.copyOf(named, namedCount);
  }

  /// The numbers of functions, from 0 and ascending.
  int[] functions() {
    return IntStream.range(0, count)
        .filter(type -> (types[origin + places[type] + 7] & 0x1f) == BtfFormat.FUNC)
        .toArray();
  }

  private void run() {
    if (places.length - count < RUN) {
      places = Arrays.copyOf(places, 2 * places.length);
    }
    if (named.length - namedCount < RUN) {
      named = Arrays.copyOf(named, 2 * named.length);
    }
    int from = at;
    for (int i = 0; i < RUN && from < bytes; i++) {
      int room = bytes - from - BtfFormat.TYPE_BYTES;
      int info = origin + from + 4;
      int kind = room < 0 ? 0 : types[info + 3] & 0x1f;
      int tail =
          room < 0
              ? -1
              : BtfFormat.tailBytes(kind, types[info] & 0xff | (types[info + 1] & 0xff) << 8);
      if (tail < 0 || tail > room) {
        throw malformed(room, kind, tail);
      }
      if ((UNNAMED >>> kind & 1) == 0) {
        named[namedCount++] = count;
      }
      places[count++] = from;
      from += BtfFormat.TYPE_BYTES + tail;
    }
    at = from;
  }

  private MalformedObjectException malformed(int room, int kind, int tail) {
    return new MalformedObjectException(
        "BTF type "
            + (count + 1)
            + (room >= 0 && tail < 0 ? " has unknown kind " + kind : " is cut off"));
  }
}
