package org.bpf4j.kernel;

import java.io.Serial;

/// Says that a map has no room for another key.
public final class MapFullException extends BpfException {

  @Serial private static final long serialVersionUID = 1;

  private final String map;
  private final int maxEntries;

  /// Creates it.
  ///
  /// @param map the map's name
  /// @param maxEntries the greatest number of keys it takes
  public MapFullException(String map, int maxEntries) {
    super("map `" + map + "` is full: its max_entries is " + Integer.toUnsignedString(maxEntries));
    this.map = map;
    this.maxEntries = maxEntries;
  }

  /// The map's name.
  public String map() {
    return map;
  }

  /// The greatest number of keys it takes.
  public int maxEntries() {
    return maxEntries;
  }
}
