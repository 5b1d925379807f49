package org.bpf4j.sim;

/// The shape of a tree of objects, by their places in its order: each one is in the middle of what
/// is below it. The kernel's trees are less even.
final class SearchTree {
  private static final int NONE = -1;

  private SearchTree() {}

  /// The place of the root among so many; negative if there are none.
  static int root(int count) {
    return middle(0, count);
  }

  /// The place of what is right below another; negative if there is nothing, or no such place.
  ///
  /// @param left whether what comes before it is asked for
  static int below(int count, int place, boolean left) {
    int from = 0;
    int to = count;
    while (from < to) {
      int here = middle(from, to);
      if (here == place) {
        return left ? middle(from, here) : middle(here + 1, to);
      }
      if (place < here) {
        to = here;
      } else {
        from = here + 1;
      }
    }
    return NONE;
  }

  private static int middle(int from, int to) {
    return from < to ? (from + to) >>> 1 : NONE;
  }
}
