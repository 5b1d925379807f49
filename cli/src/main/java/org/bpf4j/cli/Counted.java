package org.bpf4j.cli;

/// A number with its noun: `1 map`, `2 maps`.
final class Counted {

  private Counted() {}

  /// The number and the noun, in the plural if need be.
  static String of(long count, String noun) {
    return count + " " + noun + (count == 1 ? "" : "s");
  }
}
