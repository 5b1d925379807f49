package org.bpf4j.btf;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Collects types into a [Btf], giving equal types one id.
///
/// Ids come in order of first addition, so the same additions give the same BTF. A type that must
/// be known by id before its content is (a struct with a pointer to itself) is [#reserve reserved]
/// and [#define defined] later; it is not shared with equal ones.
public final class BtfBuilder {

  private final List<BtfType> types = new ArrayList<>();
  private final Map<BtfType, Integer> ids = new HashMap<>();

  /// Starts with no type but `void`, whose id is 0.
  public BtfBuilder() {}

  /// Adds a type, or finds the equal one that is there, and returns its id.
  public int add(BtfType type) {
    Integer known = ids.get(type);
    if (known != null) {
      return known;
    }
    types.add(type);
    ids.put(type, types.size());
    return types.size();
  }

  /// Takes an id for a type whose content is not known yet; until it is defined, a forward stands
  /// there.
  public int reserve(String name) {
    types.add(new BtfType.Forward(name, false));
    return types.size();
  }

  /// Gives a reserved id its type.
  ///
  /// @throws IllegalArgumentException if the id was not given out
  public void define(int id, BtfType type) {
    if (id < 1 || id > types.size()) {
      throw new IllegalArgumentException("BTF id " + id + " was not reserved");
    }
    types.set(id - 1, type);
  }

  /// The type with that id as it is now.
  public BtfType type(int id) {
    return types.get(id - 1);
  }

  /// What was collected so far.
  public Btf build() {
    return new Btf(types);
  }
}
