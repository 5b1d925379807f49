package org.bpf4j.benchmarks;

import java.io.IOException;

/// Attaches a tool, says `ATTACHED`, and waits until its standard input ends: what a user's `main`
/// does. `nothing` attaches none.
public final class Attached {

  private Attached() {}

  /// Begins.
  ///
  /// @param arguments `small`, `usual` or `nothing`
  public static void main(String[] arguments) throws IOException {
    switch (arguments[0]) {
      case "small" -> {
        try (SmallBpf tool = SmallBpf.load()) {
          tool.attachAll();
          untilTheEnd();
        }
      }
      case "usual" -> {
        try (UsualBpf tool = UsualBpf.load()) {
          tool.attachAll();
          untilTheEnd();
        }
      }
      case "nothing" -> untilTheEnd();
      default -> throw new IllegalArgumentException("no tool: " + arguments[0]);
    }
  }

  private static void untilTheEnd() throws IOException {
    System.out.println("ATTACHED");
    while (System.in.read() >= 0) {
      // What comes says nothing.
    }
  }
}
