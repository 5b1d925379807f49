package org.bpf4j.compiler.allocate;

import org.bpf4j.compiler.allocate.Code.LineBlock;
import org.bpf4j.compiler.machine.MachineFlow;
import org.bpf4j.compiler.machine.MachineInsn;
import org.bpf4j.compiler.machine.Register;
import org.bpf4j.compiler.machine.Register.Content;
import org.bpf4j.isa.Width;

/// Which nodes hold different values at one time, which are copies of each other, and what it would
/// cost to keep each in the frame.
///
/// The machine's registers interfere with each other and have no lists of neighbours.
final class InterferenceGraph {

  /// Each loop around an instruction makes it count this much more; deeper than [#MAX_DEPTH] no
  /// more.
  private static final double LOOP_FACTOR = 8;

  private static final int MAX_DEPTH = 6;

  /// How much dearer it is to spill an address than a number.
  private static final double POINTER_FACTOR = 4;

  final int nodes;
  final IntList[] neighbours;
  final int[] degree;
  final double[] cost;
  final Content[] contents;

  /// Copies: destination and source alternate, hottest last.
  final IntList copies = new IntList();

  private final PairSet pairs = new PairSet();

  private InterferenceGraph(Code code) {
    nodes = code.nodes();
    neighbours = new IntList[nodes];
    degree = new int[nodes];
    cost = new double[nodes];
    contents = new Content[nodes];
    for (int i = 0; i < nodes; i++) {
      neighbours[i] = new IntList();
      contents[i] = code.content(i);
    }
  }

  static InterferenceGraph of(Code code, MachineFlow flow) {
    InterferenceGraph graph = new InterferenceGraph(code);
    Liveness liveness = Liveness.of(code, flow);
    LiveSet live = new LiveSet(code.nodes());
    for (int depth = 0; depth <= MAX_DEPTH; depth++) {
      for (LineBlock block : code.blocks) {
        if (Math.min(flow.depth(block.id()), MAX_DEPTH) == depth) {
          liveness.liveOut(block.id(), live);
          graph.scan(block, live, Math.pow(LOOP_FACTOR, depth));
        }
      }
    }
    for (int node = Code.COLORS; node < graph.nodes; node++) {
      if (graph.contents[node] == Content.POINTER) {
        graph.cost[node] *= POINTER_FACTOR;
      }
      if (code.standIns.get(node)) {
        graph.cost[node] = Double.POSITIVE_INFINITY;
      }
    }
    return graph;
  }

  private void scan(LineBlock block, LiveSet live, double weight) {
    for (Line line : block.lines().reversed()) {
      Code.insn(line).ifPresent(insn -> scan(insn, live, weight));
    }
  }

  private void scan(MachineInsn<Register> insn, LiveSet live, double weight) {
    if (insn instanceof MachineInsn.Move<Register>(Width width, Register dst, Register src, _)
        && width == Width.W64) {
      live.remove(Code.node(src));
      copies.add(Code.node(dst));
      copies.add(Code.node(src));
    }
    if (insn.isCall()) {
      for (int clobbered = 0; clobbered < Code.CALL_CLOBBERED; clobbered++) {
        define(clobbered, live);
      }
    }
    insn.defined().map(Code::node).ifPresent(node -> define(node, live));
    if (insn.isCall()) {
      for (int clobbered = 0; clobbered < Code.CALL_CLOBBERED; clobbered++) {
        live.remove(clobbered);
      }
    }
    insn.defined().map(Code::node).ifPresent(node -> leave(node, live, weight));
    for (Register used : insn.uses()) {
      live.add(Code.node(used));
      cost[Code.node(used)] += weight;
    }
  }

  private void leave(int node, LiveSet live, double weight) {
    live.remove(node);
    cost[node] += weight;
  }

  private void define(int node, LiveSet live) {
    for (int i = 0; i < live.size(); i++) {
      connect(node, live.get(i));
    }
  }

  /// Notes that two nodes must differ.
  void connect(int a, int b) {
    if (a == b || a < Code.COLORS && b < Code.COLORS || !pairs.add(a, b)) {
      return;
    }
    if (a >= Code.COLORS) {
      neighbours[a].add(b);
      degree[a]++;
    }
    if (b >= Code.COLORS) {
      neighbours[b].add(a);
      degree[b]++;
    }
  }

  /// Whether two nodes must differ.
  boolean interfere(int a, int b) {
    return a != b && (a < Code.COLORS && b < Code.COLORS || pairs.contains(a, b));
  }
}
