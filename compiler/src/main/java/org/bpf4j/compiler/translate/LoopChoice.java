package org.bpf4j.compiler.translate;

import java.util.HashSet;
import java.util.Set;
import org.bpf4j.compiler.ssa.Origin;

/// Which loops of a program may become functions that the kernel calls back, and which must.
///
/// Whether one can shows when its function is finished, and whether it must when a loop around it
/// ends; the program is then translated again.
///
/// @param levels how many may be in each other
/// @param stuck those that were found not to
/// @param demanded those that a verifier could follow only if it knew numbers that it does not know
record LoopChoice(int levels, Set<Origin> stuck, Set<Origin> demanded) {
  /// As long as nothing else is known.
  static LoopChoice of(int levels) {
    return new LoopChoice(levels, Set.of(), Set.of());
  }

  /// Copies the sets.
  LoopChoice {
    stuck = Set.copyOf(stuck);
    demanded = Set.copyOf(demanded);
  }

  /// The choice after more is known.
  LoopChoice and(Set<Origin> moreStuck, Set<Origin> moreDemanded) {
    return new LoopChoice(levels, union(stuck, moreStuck), union(demanded, moreDemanded));
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
