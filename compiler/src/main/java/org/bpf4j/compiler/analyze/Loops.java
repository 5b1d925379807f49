package org.bpf4j.compiler.analyze;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.bpf4j.compiler.ssa.Block;
import org.bpf4j.compiler.ssa.ControlFlow;

/// The natural loops of a function: which blocks go round with which header.
///
/// Loops with the same header are one loop.
public final class Loops {
  private final Map<Integer, Set<Integer>> bodies = new HashMap<>();
  private final Map<Integer, Integer> innermost = new HashMap<>();

  /// Finds the loops of a function's flow.
  public static Loops of(ControlFlow flow) {
    return new Loops(flow);
  }

  private Loops(ControlFlow flow) {
    List<Block> inward = flow.order();
    for (Block header : inward) {
      Set<Integer> body = new HashSet<>();
      for (int from : flow.predecessors(header.id())) {
        if (flow.isBackEdge(from, header.id())) {
          collect(flow, header.id(), from, body);
        }
      }
      if (!body.isEmpty()) {
        bodies.put(header.id(), body);
        body.forEach(id -> innermost.put(id, header.id()));
      }
    }
  }

  private static void collect(ControlFlow flow, int header, int from, Set<Integer> body) {
    body.add(header);
    Deque<Integer> work = new ArrayDeque<>(List.of(from));
    while (!work.isEmpty()) {
      int id = work.pop();
      if (body.add(id)) {
        flow.predecessors(id).forEach(work::push);
      }
    }
  }

  /// Whether the block is a loop's header.
  public boolean isHeader(int block) {
    return bodies.containsKey(block);
  }

  /// The blocks of the loop with that header, itself included.
  public Set<Integer> body(int header) {
    return bodies.getOrDefault(header, Set.of());
  }

  /// Whether the innermost loops of two blocks are the same, or both are in none.
  public boolean together(int a, int b) {
    return innermost.getOrDefault(a, -1).equals(innermost.getOrDefault(b, -1));
  }
}
