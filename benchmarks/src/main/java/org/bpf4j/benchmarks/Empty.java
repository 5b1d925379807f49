package org.bpf4j.benchmarks;

import java.io.IOException;

/// A `main` that has nothing to do: says `ATTACHED`, and waits until its standard input ends.
public final class Empty {

  private Empty() {}

  /// Begins.
  ///
  /// @param arguments none
  public static void main(String[] arguments) throws IOException {
    System.out.println("ATTACHED");
    while (System.in.read() >= 0) {
      // What comes says nothing.
    }
  }
}
