package org.bpf4j.compiler.machine;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// The shape of a machine function: an order of its blocks, predecessors, and how deep in loops
/// each lies. Blocks that the entry does not reach are not part of it.
public final class MachineFlow {

  private final List<Integer> order = new ArrayList<>();
  private final Map<Integer, List<Integer>> successors = new HashMap<>();
  private final Map<Integer, List<Integer>> predecessors = new HashMap<>();
  private final Map<Integer, Set<Integer>> loops = new LinkedHashMap<>();
  private final Map<Integer, Integer> depths = new HashMap<>();

  /// Looks at a function.
  public static MachineFlow of(MachineFunction<?> function) {
    Map<Integer, List<Integer>> successors = new HashMap<>();
    for (MachineBlock<?> block : function.blocks()) {
      successors.put(block.id(), block.end().targets());
    }
    return new MachineFlow(function.entry().id(), successors);
  }

  private MachineFlow(int entry, Map<Integer, List<Integer>> successors) {
    this.successors.putAll(successors);
    Map<Integer, Set<Integer>> latches = search(entry);
    for (int block : order) {
      for (int next : successors.getOrDefault(block, List.of())) {
        predecessors.computeIfAbsent(next, _ -> new ArrayList<>()).add(block);
      }
    }
    latches.forEach((header, sources) -> loops.put(header, body(header, sources)));
    for (Set<Integer> body : loops.values()) {
      body.forEach(block -> depths.merge(block, 1, Integer::sum));
    }
  }

  /// Finds the order, and for each loop's header the blocks that go back to it.
  private Map<Integer, Set<Integer>> search(int entry) {
    record Visit(int block, Iterator<Integer> next) {}
    Map<Integer, Set<Integer>> latches = new LinkedHashMap<>();
    Set<Integer> seen = new HashSet<>();
    Set<Integer> active = new HashSet<>();
    Deque<Visit> stack = new ArrayDeque<>();
    seen.add(entry);
    active.add(entry);
    stack.push(new Visit(entry, successors(entry).iterator()));
    while (!stack.isEmpty()) {
      Visit top = stack.element();
      if (!top.next.hasNext()) {
        order.add(stack.pop().block);
        active.remove(top.block);
        continue;
      }
      int next = top.next.next();
      if (active.contains(next)) {
        latches.computeIfAbsent(next, _ -> new LinkedHashSet<>()).add(top.block);
      } else if (seen.add(next)) {
        active.add(next);
        stack.push(new Visit(next, successors(next).iterator()));
      }
    }
    java.util.Collections.reverse(order);
    return latches;
  }

  private Set<Integer> body(int header, Set<Integer> latches) {
    Set<Integer> body = new HashSet<>();
    body.add(header);
    Deque<Integer> work = new ArrayDeque<>(latches);
    while (!work.isEmpty()) {
      int block = work.pop();
      if (body.add(block)) {
        work.addAll(predecessors(block));
      }
    }
    return body;
  }

  /// The reachable blocks, each before its successors, back edges excepted: reverse postorder.
  public List<Integer> order() {
    return List.copyOf(order);
  }

  /// The blocks that may come next, in order.
  public List<Integer> successors(int block) {
    return successors.getOrDefault(block, List.of());
  }

  /// The blocks that may come before, once for each edge.
  public List<Integer> predecessors(int block) {
    return predecessors.getOrDefault(block, List.of());
  }

  /// How many loops the block lies in.
  public int depth(int block) {
    return depths.getOrDefault(block, 0);
  }

  /// The blocks of the loop with that header, itself included; none if it heads no loop.
  public Set<Integer> loop(int header) {
    return loops.getOrDefault(header, Set.of());
  }
}
