package org.bpf4j.compiler.translate;

import java.util.HashSet;
import java.util.Set;
import org.bpf4j.compiler.ssa.Origin;

/// What a translation of a program has shown that its next one is to do otherwise.
///
/// Whether a loop may become a function that the kernel calls back shows when its function is
/// finished, and whether it must when a loop around it ends; how often elements of the argument are
/// searched for, at the end.
///
/// @param levels how many loops that become functions may be in each other
/// @param stuck those that were found not to
/// @param demanded those that a verifier could follow only if it knew numbers that it does not know
/// @param copiesArgument whether the program works on a copy of its argument, of which elements are
///   found by their address
record Choices(int levels, Set<Origin> stuck, Set<Origin> demanded, boolean copiesArgument) {
  /// As long as nothing else is known.
  static Choices of(int levels) {
    return new Choices(levels, Set.of(), Set.of(), false);
  }

  /// Copies the sets.
  Choices {
    stuck = Set.copyOf(stuck);
    demanded = Set.copyOf(demanded);
  }

  /// The choices after more is known.
  Choices and(Set<Origin> moreStuck, Set<Origin> moreDemanded, boolean copies) {
    return new Choices(
        levels, union(stuck, moreStuck), union(demanded, moreDemanded), copiesArgument || copies);
  }

  private static Set<Origin> union(Set<Origin> some, Set<Origin> more) {
    Set<Origin> all = new HashSet<>(some);
    all.addAll(more);
    return all;
  }

  boolean mayOutline(Origin loop) {
    return levels > 0 && !stuck.contains(loop);
  }
}
