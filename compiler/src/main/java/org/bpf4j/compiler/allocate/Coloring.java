package org.bpf4j.compiler.allocate;

import java.util.Arrays;
import java.util.BitSet;
import org.bpf4j.compiler.machine.Register.Content;

/// Colours an interference graph: iterated register coalescing (George and Appel, 1996).
///
/// Nodes with fewer neighbours than colours are taken off, copies are merged where that surely
/// keeps the graph colourable, and what remains is taken off in the hope that it finds a colour
/// nevertheless. In the reverse order nodes take a colour that their neighbours left; one that
/// finds none is spilled. All orders follow node numbers, so equal code gets equal registers.
final class Coloring {

  /// The order in which colours are tried: registers that survive calls last, since saving them
  /// costs; the encodings of `r1`…`r3`, `r0` and `r4` are the shortest on x86-64.
  private static final int[] PREFERENCE = {1, 2, 3, 0, 4, 5, 6, 7, 8, 9};

  private static final int NO_COLOR = -1;

  private enum State {
    MACHINE,
    SIMPLIFY,
    FREEZE,
    SPILL,
    COALESCED,
    REMOVED,
    COLORED,
    SPILLED
  }

  private enum CopyState {
    WAITING,
    ACTIVE,
    DONE
  }

  private final InterferenceGraph graph;
  private final State[] states;
  private final int[] alias;
  private final int[] colors;
  private final CopyState[] copyStates;
  private final IntList[] copiesOf;
  private final IntList simplify = new IntList();
  private final IntList freeze = new IntList();
  private final IntList spill = new IntList();
  private final IntList copies = new IntList();
  private final IntList removed = new IntList();

  private Coloring(InterferenceGraph graph) {
    this.graph = graph;
    states = new State[graph.nodes];
    alias = new int[graph.nodes];
    colors = new int[graph.nodes];
    copiesOf = new IntList[graph.nodes];
    copyStates = new CopyState[graph.copies.size() / 2];
    Arrays.fill(copyStates, CopyState.WAITING);
    Arrays.fill(colors, NO_COLOR);
    for (int node = 0; node < graph.nodes; node++) {
      alias[node] = node;
      copiesOf[node] = new IntList();
    }
  }

  static Coloring of(InterferenceGraph graph) {
    Coloring coloring = new Coloring(graph);
    coloring.begin();
    coloring.reduce();
    coloring.assign();
    return coloring;
  }

  /// The colour of a node; only for nodes that are not spilled.
  int color(int node) {
    return colors[find(node)];
  }

  /// The node that this one was merged with, or itself.
  int find(int node) {
    int at = node;
    while (states[at] == State.COALESCED) {
      at = alias[at];
    }
    return at;
  }

  boolean isSpilled(int node) {
    return states[find(node)] == State.SPILLED;
  }

  private void begin() {
    for (int copy = 0; copy < copyStates.length; copy++) {
      copiesOf[destination(copy)].add(copy);
      copiesOf[source(copy)].add(copy);
      copies.add(copy);
    }
    for (int node = 0; node < graph.nodes; node++) {
      if (node < Code.COLORS) {
        states[node] = State.MACHINE;
        colors[node] = node;
      } else if (graph.degree[node] >= Code.COLORS) {
        enter(node, State.SPILL, spill);
      } else if (isInCopy(node)) {
        enter(node, State.FREEZE, freeze);
      } else {
        enter(node, State.SIMPLIFY, simplify);
      }
    }
  }

  private int destination(int copy) {
    return graph.copies.get(2 * copy);
  }

  private int source(int copy) {
    return graph.copies.get(2 * copy + 1);
  }

  private void enter(int node, State state, IntList list) {
    states[node] = state;
    list.add(node);
  }

  private boolean isInCopy(int node) {
    IntList list = copiesOf[node];
    for (int i = 0; i < list.size(); i++) {
      if (copyStates[list.get(i)] != CopyState.DONE) {
        return true;
      }
    }
    return false;
  }

  private void reduce() {
    while (true) {
      if (!simplify.isEmpty()) {
        int node = simplify.removeLast();
        if (states[node] == State.SIMPLIFY) {
          remove(node);
        }
      } else if (!copies.isEmpty()) {
        int copy = copies.removeLast();
        if (copyStates[copy] == CopyState.WAITING) {
          coalesce(copy);
        }
      } else if (!freeze.isEmpty()) {
        int node = freeze.removeLast();
        if (states[node] == State.FREEZE) {
          giveUpCopies(node);
          enter(node, State.SIMPLIFY, simplify);
        }
      } else {
        int node = cheapest();
        if (node < 0) {
          return;
        }
        giveUpCopies(node);
        enter(node, State.SIMPLIFY, simplify);
      }
    }
  }

  private boolean isInGraph(int node) {
    return states[node] != State.REMOVED && states[node] != State.COALESCED;
  }

  private void remove(int node) {
    states[node] = State.REMOVED;
    removed.add(node);
    IntList neighbours = graph.neighbours[node];
    for (int i = 0; i < neighbours.size(); i++) {
      if (isInGraph(neighbours.get(i))) {
        lowerDegree(neighbours.get(i));
      }
    }
  }

  private void lowerDegree(int node) {
    if (node < Code.COLORS || graph.degree[node]-- != Code.COLORS) {
      return;
    }
    reconsiderCopies(node);
    IntList neighbours = graph.neighbours[node];
    for (int i = 0; i < neighbours.size(); i++) {
      if (isInGraph(neighbours.get(i))) {
        reconsiderCopies(neighbours.get(i));
      }
    }
    if (states[node] == State.SPILL) {
      if (isInCopy(node)) {
        enter(node, State.FREEZE, freeze);
      } else {
        enter(node, State.SIMPLIFY, simplify);
      }
    }
  }

  private void reconsiderCopies(int node) {
    IntList list = copiesOf[node];
    for (int i = 0; i < list.size(); i++) {
      if (copyStates[list.get(i)] == CopyState.ACTIVE) {
        copyStates[list.get(i)] = CopyState.WAITING;
        copies.add(list.get(i));
      }
    }
  }

  private void coalesce(int copy) {
    int a = find(destination(copy));
    int b = find(source(copy));
    int kept = b < Code.COLORS ? b : a;
    int gone = kept == a ? b : a;
    if (kept == gone) {
      copyStates[copy] = CopyState.DONE;
      settle(kept);
    } else if (gone < Code.COLORS || graph.interfere(kept, gone)) {
      copyStates[copy] = CopyState.DONE;
      settle(kept);
      settle(gone);
    } else if (kept < Code.COLORS ? fitsMachine(kept, gone) : staysColorable(kept, gone)) {
      copyStates[copy] = CopyState.DONE;
      merge(kept, gone);
      settle(kept);
    } else {
      copyStates[copy] = CopyState.ACTIVE;
    }
  }

  /// Lets a node be taken off when nothing keeps it any more.
  private void settle(int node) {
    if (node >= Code.COLORS && states[node] == State.FREEZE && !isInCopy(node)) {
      enter(node, State.SIMPLIFY, simplify);
    }
  }

  /// George's test: each neighbour of `gone` is harmless, or conflicts with the register anyway.
  private boolean fitsMachine(int register, int gone) {
    IntList neighbours = graph.neighbours[gone];
    for (int i = 0; i < neighbours.size(); i++) {
      int t = neighbours.get(i);
      if (isInGraph(t)
          && t >= Code.COLORS
          && graph.degree[t] >= Code.COLORS
          && !graph.interfere(t, register)) {
        return false;
      }
    }
    return true;
  }

  /// Briggs's test: fewer neighbours of high degree than colours.
  private boolean staysColorable(int a, int b) {
    return Integer.compare(significant(a, a, b) + significant(b, a, b), Code.COLORS) < 0;
  }

  private int significant(int node, int a, int b) {
    int count = 0;
    IntList neighbours = graph.neighbours[node];
    for (int i = 0; i < neighbours.size(); i++) {
      int t = neighbours.get(i);
      if (!isInGraph(t) || node == b && graph.interfere(t, a)) {
        continue;
      }
      boolean shared = graph.interfere(t, a) && graph.interfere(t, b);
      if (t < Code.COLORS || graph.degree[t] - (shared ? 1 : 0) >= Code.COLORS) {
        count++;
      }
    }
    return count;
  }

  private void merge(int kept, int gone) {
    states[gone] = State.COALESCED;
    alias[gone] = kept;
    IntList list = copiesOf[gone];
    for (int i = 0; i < list.size(); i++) {
      copiesOf[kept].add(list.get(i));
    }
    reconsiderCopies(gone);
    graph.cost[kept] += graph.cost[gone];
    if (graph.contents[gone].compareTo(graph.contents[kept]) != 0) {
      graph.contents[kept] = stronger(graph.contents[kept], graph.contents[gone]);
    }
    IntList neighbours = graph.neighbours[gone];
    for (int i = 0; i < neighbours.size(); i++) {
      int t = neighbours.get(i);
      if (isInGraph(t)) {
        graph.connect(t, kept);
        lowerDegree(t);
      }
    }
    if (kept >= Code.COLORS && graph.degree[kept] >= Code.COLORS && states[kept] == State.FREEZE) {
      enter(kept, State.SPILL, spill);
    }
  }

  private static Content stronger(Content a, Content b) {
    return a == Content.CHECKED || b == Content.CHECKED ? Content.CHECKED : Content.POINTER;
  }

  private void giveUpCopies(int node) {
    IntList list = copiesOf[node];
    for (int i = 0; i < list.size(); i++) {
      int copy = list.get(i);
      if (copyStates[copy] != CopyState.DONE) {
        copyStates[copy] = CopyState.DONE;
        int a = find(destination(copy));
        int b = find(source(copy));
        int other = a == find(node) ? b : a;
        if (other >= Code.COLORS && graph.degree[other] < Code.COLORS) {
          settle(other);
        }
      }
    }
  }

  /// The node whose spilling costs least for what it frees; −1 if none is left. Checked numbers
  /// come last, see [Content#CHECKED].
  private int cheapest() {
    int best = -1;
    int kept = 0;
    for (int i = 0; i < spill.size(); i++) {
      int node = spill.get(i);
      if (states[node] == State.SPILL) {
        spill.set(kept++, node);
        if (best < 0 || isCheaper(node, best)) {
          best = node;
        }
      }
    }
    spill.shrink(kept);
    return best;
  }

  private boolean isCheaper(int a, int b) {
    int rank = Integer.compare(rank(a), rank(b));
    int price = Double.compare(graph.cost[a] / graph.degree[a], graph.cost[b] / graph.degree[b]);
    return rank != 0 ? rank < 0 : price != 0 ? price < 0 : a < b;
  }

  private int rank(int node) {
    if (Double.isInfinite(graph.cost[node])) {
      return 2;
    }
    return graph.contents[node] == Content.CHECKED ? 1 : 0;
  }

  private void assign() {
    BitSet free = new BitSet();
    while (!removed.isEmpty()) {
      int node = removed.removeLast();
      free.set(0, Code.COLORS);
      IntList neighbours = graph.neighbours[node];
      for (int i = 0; i < neighbours.size(); i++) {
        int color = colors[find(neighbours.get(i))];
        if (color != NO_COLOR) {
          free.clear(color);
        }
      }
      if (free.isEmpty()) {
        states[node] = State.SPILLED;
      } else {
        states[node] = State.COLORED;
        colors[node] = choose(node, free);
      }
    }
  }

  /// A free colour: that of the other end of a copy if possible.
  private int choose(int node, BitSet free) {
    IntList list = copiesOf[node];
    for (int i = list.size() - 1; i >= 0; i--) {
      int a = find(destination(list.get(i)));
      int b = find(source(list.get(i)));
      int color = colors[a == node ? b : a];
      if (color != NO_COLOR && free.get(color)) {
        return color;
      }
    }
    for (int color : PREFERENCE) {
      if (free.get(color)) {
        return color;
      }
    }
    throw new IllegalStateException("no free colour");
  }
}
