package org.bpf4j.random;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// A seeded fault of the compiler: a kind of mistake, made at some of the places where it could be.
///
/// @param kind the mistake
/// @param seed which places: those whose number leaves this remainder
record Fault(FaultKind kind, int seed) {

  /// One in so many places is spoilt.
  private static final int EACH = 7;

  private static final int SEEDS = 3;

  /// All of them.
  static List<Fault> all() {
    List<Fault> all = new ArrayList<>();
    for (int seed = 0; seed < SEEDS; seed++) {
      for (FaultKind kind : FaultKind.values()) {
        all.add(new Fault(kind, seed));
      }
    }
    return all;
  }

  /// A few, of each stage.
  static List<Fault> some() {
    return Arrays.stream(FaultKind.values())
        .filter(kind -> kind.ordinal() % 5 == 2)
        .map(kind -> new Fault(kind, 0))
        .toList();
  }

  /// Whether the place of that number is spoilt.
  boolean strikes(int number) {
    return number % EACH == seed;
  }

  @Override
  public String toString() {
    return kind + " #" + seed;
  }
}
