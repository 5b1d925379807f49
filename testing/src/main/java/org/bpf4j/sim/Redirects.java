package org.bpf4j.sim;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/// What `bpf_redirect_map` answers.
final class Redirects {

  private static final int XDP_ABORTED = 0;
  private static final int XDP_REDIRECT = 4;

  /// `XDP_TX`: the greatest action that the flags may ask for.
  private static final int MAX_FLAGS = 3;

  private Redirects() {}

  static int of(SimulatedMap map, int key, long flags) {
    if (Long.compareUnsigned(flags, MAX_FLAGS) > 0) {
      return XDP_ABORTED;
    }
    boolean found =
        switch (map) {
          case KeyedMap targets -> targets.find(bytes(key), true) != null;
          case ObjectMap sockets -> sockets.at(key) != null;
          case ArenaMap _, EventMap _, FilterMap _, QueueMap _, RingMap _, UserRingMap _ -> false;
        };
    return found ? XDP_REDIRECT : (int) flags;
  }

  private static byte[] bytes(int key) {
    return ByteBuffer.allocate(Integer.BYTES).order(ByteOrder.LITTLE_ENDIAN).putInt(key).array();
  }
}
