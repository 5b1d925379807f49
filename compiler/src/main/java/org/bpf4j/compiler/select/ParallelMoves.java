package org.bpf4j.compiler.select;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.bpf4j.compiler.machine.Register.Virtual;

/// Moves that happen at once, brought into an order in which they may happen one by one.
final class ParallelMoves {

  private ParallelMoves() {}

  /// One move.
  record Step(Virtual to, Virtual from) {}

  /// Orders the moves, each to a register of its own; a cycle is broken through a register that
  /// `assembly` gives.
  static List<Step> inOrder(List<Step> moves, Assembly assembly) {
    Map<Virtual, Virtual> pending = new LinkedHashMap<>();
    for (Step move : moves) {
      if (!move.to.equals(move.from)) {
        pending.put(move.to, move.from);
      }
    }
    Map<Virtual, Integer> readers = new LinkedHashMap<>();
    pending.values().forEach(from -> readers.merge(from, 1, Integer::sum));
    List<Virtual> ready =
        new ArrayList<>(pending.keySet().stream().filter(to -> !readers.containsKey(to)).toList());
    List<Step> ordered = new ArrayList<>();
    while (!pending.isEmpty()) {
      if (ready.isEmpty()) {
        Map.Entry<Virtual, Virtual> cycle = pending.entrySet().iterator().next();
        Virtual saved = assembly.fresh(cycle.getValue().content());
        ordered.add(new Step(saved, cycle.getValue()));
        Virtual freed = cycle.setValue(saved);
        ready.add(freed);
      }
      Virtual to = ready.removeLast();
      Virtual from = Objects.requireNonNull(pending.remove(to));
      ordered.add(new Step(to, from));
      if (readers.merge(from, -1, Integer::sum) == 0 && pending.containsKey(from)) {
        ready.add(from);
      }
    }
    return ordered;
  }
}
