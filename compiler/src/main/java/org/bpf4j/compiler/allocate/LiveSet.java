package org.bpf4j.compiler.allocate;

/// A set of nodes that is cheap to change, to walk and to empty (Briggs and Torczon's sparse set).
final class LiveSet {

  private final int[] members;
  private final int[] places;
  private int size;

  LiveSet(int nodes) {
    members = new int[nodes];
    places = new int[nodes];
  }

  boolean contains(int node) {
    return places[node] < size && members[places[node]] == node;
  }

  void add(int node) {
    if (!contains(node)) {
      places[node] = size;
      members[size++] = node;
    }
  }

  void remove(int node) {
    if (contains(node)) {
      int last = members[--size];
      members[places[node]] = last;
      places[last] = places[node];
    }
  }

  void clear() {
    size = 0;
  }

  int size() {
    return size;
  }

  /// The members, in no order, by index.
  int get(int index) {
    return members[index];
  }
}
