package org.bpf4j.btf;

import java.util.List;

/// The type information of an object or of a kernel.
///
/// @param types the types; the first has id 1
public record Btf(List<BtfType> types) implements BtfTypes {

  /// No types.
  public static final Btf EMPTY = new Btf(List.of());

  /// Copies the list.
  public Btf {
    types = List.copyOf(types);
  }

  @Override
  public int count() {
    return types.size();
  }

  @Override
  public BtfType type(int id) {
    if (id < 1 || id > types.size()) {
      throw new IllegalArgumentException("no BTF type " + id + " among " + types.size());
    }
    return types.get(id - 1);
  }

  /// Whether there are no types.
  public boolean isEmpty() {
    return types.isEmpty();
  }
}
