package org.bpf4j.compiler.ssa;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import org.bpf4j.compiler.diagnostic.CompilerBug;
import org.bpf4j.compiler.ssa.Terminator.Edge;
import org.jspecify.annotations.Nullable;

/// The shape of a function: predecessors, an order, and which blocks dominate which.
///
/// It speaks of one version of a function. Blocks that the entry does not reach have no place in
/// the order; they dominate nothing and nothing dominates them, and they are no predecessors.
/// Dominators are found as Cooper, Harvey and Kennedy describe.
public final class ControlFlow {
  private static final int NONE = -1;

  private final @Nullable Block[] blocks;
  private final int[] place;
  private final List<Block> order = new ArrayList<>();
  private final List<List<Integer>> predecessors = new ArrayList<>();
  private final List<List<Block>> children = new ArrayList<>();
  private final int[] dominator;
  private final int[] entered;
  private final int[] left;

  /// Looks at a function.
  public static ControlFlow of(Function function) {
    return new ControlFlow(function);
  }

  private ControlFlow(Function function) {
    int ids = function.blocks().stream().mapToInt(Block::id).max().orElse(0) + 1;
    blocks = new Block[ids];
    place = new int[ids];
    function.blocks().forEach(block -> blocks[block.id()] = block);
    findOrder(function.entry());
    Arrays.fill(place, NONE);
    for (int i = 0; i < order.size(); i++) {
      place[order.get(i).id()] = i;
      predecessors.add(new ArrayList<>());
      children.add(new ArrayList<>());
    }
    for (Block block : order) {
      for (Edge edge : block.terminator().edges()) {
        predecessors.get(placeOf(edge.block())).add(block.id());
      }
    }
    dominator = new int[order.size()];
    entered = new int[order.size()];
    left = new int[order.size()];
    findDominators();
    numberTree();
  }

  private void findOrder(Block entry) {
    record Visit(Block block, java.util.Iterator<Edge> edges) {}
    boolean[] seen = new boolean[blocks.length];
    Deque<Visit> stack = new ArrayDeque<>();
    seen[entry.id()] = true;
    stack.push(new Visit(entry, entry.terminator().edges().iterator()));
    while (!stack.isEmpty()) {
      Visit top = stack.element();
      if (!top.edges.hasNext()) {
        order.add(stack.pop().block);
        continue;
      }
      int id = top.edges.next().block();
      Block block = block(id);
      if (!seen[id]) {
        seen[id] = true;
        stack.push(new Visit(block, block.terminator().edges().iterator()));
      }
    }
    Collections.reverse(order);
  }

  private void findDominators() {
    Arrays.fill(dominator, NONE);
    dominator[0] = 0;
    boolean changed = true;
    while (changed) {
      changed = false;
      for (int i = 1; i < order.size(); i++) {
        int common = NONE;
        for (int id : predecessors.get(i)) {
          int p = placeOf(id);
          if (dominator[p] != NONE) {
            common = common == NONE ? p : intersect(common, p);
          }
        }
        changed |= dominator[i] != common;
        dominator[i] = common;
      }
    }
    for (int i = 1; i < order.size(); i++) {
      children.get(dominator[i]).add(order.get(i));
    }
  }

  private int intersect(int a, int b) {
    while (a != b) {
      if (a > b) {
        a = dominator[a];
      } else {
        b = dominator[b];
      }
    }
    return a;
  }

  /// Numbers the dominator tree so that a test of dominance is two comparisons.
  private void numberTree() {
    int[] nextChild = new int[order.size()];
    Deque<Integer> stack = new ArrayDeque<>();
    int clock = 0;
    stack.push(0);
    entered[0] = clock++;
    while (!stack.isEmpty()) {
      int top = stack.element();
      if (nextChild[top] < children.get(top).size()) {
        int child = placeOf(children.get(top).get(nextChild[top]++).id());
        entered[child] = clock++;
        stack.push(child);
      } else {
        left[top] = clock++;
        stack.pop();
      }
    }
  }

  private int placeOf(int id) {
    if (!isReachable(id)) {
      throw new CompilerBug("b" + id + " is not reachable");
    }
    return place[id];
  }

  /// The block of that id.
  public Block block(int id) {
    Block block = id >= 0 && id < blocks.length ? blocks[id] : null;
    if (block == null) {
      throw new CompilerBug("there is no block b" + id);
    }
    return block;
  }

  /// The reachable blocks, each before its successors, back edges excepted: reverse postorder.
  public List<Block> order() {
    return Collections.unmodifiableList(order);
  }

  /// Whether the entry reaches the block.
  public boolean isReachable(int id) {
    return id >= 0 && id < place.length && place[id] != NONE;
  }

  /// The reachable blocks with an edge to the block, once for each edge.
  public List<Integer> predecessors(int id) {
    return isReachable(id)
        ? Collections.unmodifiableList(predecessors.get(placeOf(id)))
        : List.of();
  }

  /// The block that dominates this one and is dominated by all others that do; the entry's is the
  /// entry.
  public int immediateDominator(int id) {
    return order.get(dominator[placeOf(id)]).id();
  }

  /// The blocks that this one dominates immediately, in order.
  public List<Block> dominated(int id) {
    return Collections.unmodifiableList(children.get(placeOf(id)));
  }

  /// Whether every path from the entry to `lower` passes `upper`; a block dominates itself.
  public boolean dominates(int upper, int lower) {
    int u = placeOf(upper);
    int l = placeOf(lower);
    return entered[u] <= entered[l] && left[l] <= left[u];
  }

  /// Whether the edge goes back to a block that dominates its source: the edge of a loop.
  public boolean isBackEdge(int from, int to) {
    return dominates(to, from);
  }
}
