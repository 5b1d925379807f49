package org.bpf4j.examples.guard;

import java.nio.file.Path;
import org.bpf4j.keep.Kept;

/// Versions that take each other's place; a process of its own, which can be killed.
final class Upgrades {

  private Upgrades() {}

  /// @param args the folder, the interface, and `next`, or `all` to go from one to the other for
  ///   ever
  public static void main(String[] args) {
    Path folder = Path.of(args[0]);
    String networkInterface = args[1];
    do {
      next(folder, networkInterface);
      System.out.println("attached next");
      if (args[2].equals("all")) {
        first(folder, networkInterface);
        System.out.println("attached first");
      }
    } while (args[2].equals("all"));
  }

  static void next(Path folder, String networkInterface) {
    try (NextGuardBpf next = NextGuardBpf.configure().keepIn(folder).load()) {
      next.filter().attach(networkInterface);
      next.count().attachIngress(networkInterface);
      Kept.in(folder).settle();
    }
  }

  private static void first(Path folder, String networkInterface) {
    try (GuardBpf first = GuardBpf.configure().keepIn(folder).load()) {
      first.filter().attach(networkInterface);
      first.count().attachIngress(networkInterface);
      Kept.in(folder).settle();
    }
  }
}
